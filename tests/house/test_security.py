"""Every answer, whatever it is: headers, policy, cookies, forgery, methods, redirects, hosts, fields that nobody asked for."""

import ast
import io
import json
import math
import os
import re
import string
import subprocess
import sys
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from uuid import UUID

import openpyxl
import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, models
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests.factories import PASSWORD, town
from tests.house import pressing, test_who_may
from tests.house.addresses import Lived, lived
from tests.house.test_pages import READERS

from nabij.config import keys
from nabij.frontdesk.models import Contact
from nabij.kernel.actor import acting
from nabij.kernel.tables import FileRefused
from nabij.kernel.tables.sheets import excel_lines
from nabij.kernel.tables.writing import harmless
from nabij.signin import limits

pytestmark = pytest.mark.django_db

SOURCE = Path(__file__).resolve().parents[2] / "src" / "nabij"
POLICY = {
    "default-src": "'none'", "object-src": "'none'", "script-src": "'self'", "style-src": "'self'",
    "img-src": "'self' data:", "font-src": "'self'", "connect-src": "'self'", "form-action": "'self'",
    "frame-ancestors": "'none'", "base-uri": "'none'", "manifest-src": "'self'",
}  # fmt: skip
HEADERS = {
    "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
}  # fmt: skip
ELSEWHERE = (
    "https://example.org/", "//example.org/", "///example.org", "http:example.org", "https:/example.org",
    "\\\\example.org", "/\\example.org", "javascript:alert(1)", "data:text/html,x", " https://example.org",
    "https://testserver@example.org/", "https://testserver.example.org/",
)  # fmt: skip
# What talks to a network, and who may: each with its reason.
NETWORK = {"urllib.request", "http.client", "requests", "httpx", "aiohttp", "socket", "smtplib", "ftplib", "telnetlib"}
MAY_CONNECT = {
    "config/outside.py": "looks at our own address, as somebody typed it at the command line, and sends nothing",
    "config/processes.py": "asks this machine whether a port is free, and whether our own server answers",
    "signin/oidc/fetching.py": "asks the sign-in of a municipality, on the host that its administrator wrote down, over TLS",
}
SAID_SAFE = {
    "ui/drawings.py: mark_safe",  # drawings of our own packages, with the class escaped
    "demo/stories/reading.py: yaml.load",  # our own stories, by the safe loader
    "demo/stock/__init__.py: yaml.load",
}
SENTINEL, WORD = UUID("5e5e5e5e-5e5e-4e5e-8e5e-5e5e5e5e5e5e"), "zz-niet-gevraagd"


def reader_of(address: str) -> str:
    return next((role for start, role in READERS.items() if address.startswith(start)), "worker")


def every_answer(world: Lived) -> dict[str, HttpResponse]:
    """One answer of each kind: pages, refusals, redirects, mistakes, papers, static files."""
    found = {}
    for name, address in world.addresses().items():
        client = pressing.signed_in(world.here.users[reader_of(address)])
        found[name] = pressing.asked(client, "get", address)
    client = pressing.signed_in(world.here.users["worker"])
    paper = reverse("casework:paper", args=[world.household])
    form = pressing.forms_of(pressing.asked(client, "get", paper), paper)
    found["a paper"] = pressing.asked(
        client, "post", paper, next(f for f in form if f.action == paper).filled(world.here.today)
    )
    found["a stranger's redirect"] = Client().get(paper)
    found["nowhere"] = client.get("/dit-is-er-niet/")
    found["a strange host"] = client.get("/", headers={"host": "example.org"})
    found["a strange method"] = client.generic("PUT", "/")
    found["a forged form"] = Client(enforce_csrf_checks=True).post("/aanmelden/", {})
    found["a script"] = client.get("/static/ui/nabij.js")
    found["a style"] = client.get("/static/ui/nabij.css")
    found["no file"] = client.get("/static/ui/er-niet.js")
    return found


def test_every_answer_has_every_header() -> None:
    answers = every_answer(lived(town()))
    codes = {answer.status_code for answer in answers.values()}
    assert codes >= {200, 302, 400, 403, 404, 405}
    assert answers["a paper"]["Content-Type"] == "application/pdf"
    for name, answer in answers.items():
        for header, value in HEADERS.items():
            assert answer.get(header) == value, (name, header, answer.get(header))
        said = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";"))
        assert said == POLICY, name
        assert "camera=()" in answer["Permissions-Policy"], name
        assert "Server" not in answer and "X-Powered-By" not in answer
        assert "Access-Control-Allow-Origin" not in answer or name in ("a script", "a style", "no file"), name


def test_nothing_but_styles_and_scripts_is_kept_by_a_browser() -> None:
    for name, answer in every_answer(lived(town())).items():
        if name not in ("a script", "a style", "municipality-css"):
            assert "no-store" in answer["Cache-Control"], name


def test_every_text_says_its_type_and_letters() -> None:
    for name, answer in every_answer(lived(town())).items():
        kind = answer.get("Content-Type", "")
        assert not answer.content if not answer.streaming and not kind else kind, name
        assert not kind.startswith("text/html") or "charset=utf-8" in kind, name


class Inline(HTMLParser):
    """Hears of script and style that stand in the page itself."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "style" or (tag == "script" and not told.get("src")):
            self.heard.append(f"<{tag}>")
        for name, value in attrs:
            if name.startswith("on") or name == "style" or (value or "").strip().lower().startswith("javascript:"):
                self.heard.append(f"{tag} {name}={value}")
            if name in ("src", "href", "action") and (value or "").startswith(("http:", "https:", "//")):
                self.heard.append(f"{tag} {name}={value} is elsewhere")


def test_no_page_has_script_or_style_in_it_or_loads_from_elsewhere() -> None:
    read = 0
    for name, answer in every_answer(lived(town())).items():
        if answer.get("Content-Type", "").startswith("text/html"):
            page = Inline()
            page.feed(answer.content.decode())
            assert not page.heard, name
            read += 1
    assert read > 50


def test_what_somebody_typed_is_text_and_never_a_tag() -> None:
    world = lived(town())
    client = pressing.signed_in(world.here.users["worker"])
    evil = "<script>alert(1)</script><b onclick=x>\"'{{ 7|add:7 }}{% now 'Y' %}"
    address = reverse("casework:note-add", args=[world.household])
    form = next(f for f in pressing.forms_of(client.get(address), address) if f.action == address)
    client.post(address, form.filled(world.here.today) | {"text": [evil]})
    for page in (
        reverse("desk:household", args=[world.household]),
        f"/zoek/?q={evil}",
        f"/onthaal/gekend/?given_name={evil}",
    ):
        words = client.get(page).content.decode()
        assert "<script>alert(1)" not in words and "<b onclick" not in words, page
        assert "{{ 7|add:7 }}" in words or page.startswith("/onthaal"), page


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND"])
def test_no_page_knows_another_method(method: str) -> None:
    world = lived(town())
    client = pressing.signed_in(world.here.users["worker"])
    for name, address in world.addresses().items():
        with pressing.undone():
            assert client.generic(method, address).status_code == 405, name


# What the sign-in of a municipality says behind the browser's back is no form: a token that it signed, or nothing is done.
SIGNED_INSTEAD = {"oidc:left": 400}


def test_no_form_is_taken_from_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the key of the page nothing is done, at any address, by anybody."""
    world = lived(town())
    done = test_who_may.heard(monkeypatch)
    for name, address in world.addresses().items():
        client = Client(enforce_csrf_checks=True)
        client.force_login(world.here.users[reader_of(address)], backend="nabij.access.backends.EmailBackend")
        with pressing.undone():
            answer = client.post(address, {"status": "held", "text": "x", "next": "/"})
        assert answer.status_code == SIGNED_INSTEAD.get(name, 403), name
    assert not done


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_nobody_is_sent_elsewhere(wanted: str) -> None:
    here = town(sign_in=True)
    typed = {
        "username": here.users["worker"].email,
        "email": here.users["worker"].email,
        "password": PASSWORD,
        "next": wanted,
    }
    client = pressing.signed_in(here.users["desk"])
    answers = [
        Client().post(f"{reverse('access:sign-in')}?next={wanted}", typed),
        client.post("/taal/", {"language": "fr", "next": wanted}),
        client.post("/concept/", {"draft-key": "/", "forget": "1", "next": wanted}),
        client.get(reverse("access:sign-in"), {"next": wanted}),
        client.post("/taal/", {"language": "fr"}, headers={"referer": wanted.strip()}),
    ]
    sent = [answer["Location"] for answer in answers if answer.status_code == 302]
    assert len(sent) >= 4
    assert all(place.startswith("/") and not place.startswith(("//", "/\\")) for place in sent), sent


@pytest.mark.parametrize(
    "host", ["example.org", "testserver.example.org", "testserver@example.org", "127.0.0.1.example.org"]
)
def test_a_strange_host_gets_nothing(host: str) -> None:
    here = town()
    answer = pressing.signed_in(here.users["worker"]).get("/", headers={"host": host})
    assert answer.status_code == 400
    assert host not in answer.content.decode()
    forwarded = pressing.signed_in(here.users["worker"]).get("/", headers={"x-forwarded-host": host})
    assert host not in forwarded.content.decode()


def test_a_field_that_nobody_asked_for_is_not_taken() -> None:
    """Each form is sent with every column of every table beside its own boxes: none of them arrives."""
    world = lived(town())
    addresses = world.addresses()
    payloads = test_who_may.typed(world, addresses)
    extra = {column: str(SENTINEL) if kind == "uuid" else WORD for column, kind in columns()}
    sent = 0
    for name, address in addresses.items():
        if address not in payloads or name.startswith("access:"):
            continue
        reader = reader_of(address)
        payload = payloads[address] | test_who_may.chosen(world).get(name, {})
        client = pressing.signed_in(world.here.users[reader])
        shown = pressing.forms_of(pressing.asked(client, "get", address), address)
        boxes = set(payload).union(*(form.boxes for form in shown if form.action == address))  # also those left empty
        more = {
            field: value
            for field, value in extra.items()
            if field not in boxes and field.removesuffix("_id") not in boxes
        }
        with pressing.undone():
            answer = client.post(address, payload | more)
            assert answer.status_code < 500, name
            with acting(getattr(world.here, reader)):
                assert not arrived(), name
        sent += 1
    assert sent > 30


def columns() -> set[tuple[str, str]]:
    """Every column of ours that could be named in a form, and whether it holds a key or words; not what a form rightly asks."""
    asked = {"text", "words", "outcome", "reason", "about", "note", "name", "value", "number", "box", "place"}
    return {
        (field.attname, "uuid" if isinstance(field, (models.UUIDField, models.ForeignKey)) else "text")
        for model in apps.get_models()
        if model.__module__.startswith("nabij.")
        for field in model._meta.concrete_fields
        if isinstance(field, (models.UUIDField, models.ForeignKey, models.CharField, models.TextField))
    } - {(name, "text") for name in asked}


def arrived() -> list[str]:
    """The tables in which a value stands that only the extra fields could have brought."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if not model.__module__.startswith("nabij.") or model._meta.db_table in (
                "audit_trailseal",
                "audit_trailwaiting",
                "signin_guess",  # no door but its functions
            ):
                continue
            table = model._meta.db_table
            cursor.execute(f"select exists (select 1 from {table} t where t::text like %s or t::text like %s)",
                           [f"%{SENTINEL}%", f"%{WORD}%"])  # fmt: skip
            if cursor.fetchone()[0]:
                found.append(table)
    return found


def test_a_mistake_of_ours_tells_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    from nabij.desk.views import day

    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("geheim in /var/lib/nabij, select * from households_person")

    here = town()
    monkeypatch.setattr(day.who, "households_led_by", broken)
    client = pressing.signed_in(here.users["worker"])
    answer = client.get("/")
    assert answer.status_code == 500
    words = answer.content.decode()
    assert not [
        told for told in ("geheim", "Traceback", "RuntimeError", "households_person", "site-packages") if told in words
    ]
    assert answer["Content-Security-Policy"] and "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("path", ["../config/settings.py", "%2e%2e/%2e%2e/config/settings.py", "ui/../../kernel/secrets.py",
                                  "..%5c..%5csettings.py", "/etc/passwd", "ui/"])  # fmt: skip
def test_no_file_beside_the_static_ones_is_served(path: str) -> None:
    answer = Client().get(f"/static/{path}")
    assert answer.status_code in (302, 404)
    assert b"import" not in answer.content and b"root:" not in answer.content


def test_no_page_takes_a_file_and_none_is_kept() -> None:
    taking = [
        str(file)
        for file in SOURCE.rglob("*.html")
        if "multipart" in file.read_text() or 'type="file"' in file.read_text()
    ]
    taking += [
        str(file) for file in SOURCE.rglob("*.py") if ".FILES" in file.read_text() or "FileField" in file.read_text()
    ]
    assert not taking
    here = town()
    sent = SimpleUploadedFile("bom.xlsx", b"PK\x03\x04" + b"0" * 100_000)
    answer = pressing.signed_in(here.users["desk"]).post("/onthaal/", {"words": "x", "bijlage": sent})
    assert answer.status_code in (200, 422)
    assert not answer.wsgi_request.FILES


def test_whatever_writes_a_sheet_writes_no_formula() -> None:
    words = ("csv.writer", "DictWriter", "openpyxl.Workbook")
    writing = [file for file in SOURCE.rglob("*.py") if any(word in file.read_text() for word in words)]
    assert writing
    assert not [str(file) for file in writing if "harmless(" not in file.read_text()]


@pytest.mark.parametrize("cell", ["=1+1", "+32", "-1", "@SUM(A1)", "\t=1", "\r=1", "\0=1"])
def test_what_begins_as_a_formula_is_text(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"
    assert harmless(f" {cell}") == f" {cell}"


def workbook(sheet: str) -> bytes:
    """A workbook with one sheet, of which the XML is as given."""
    book = openpyxl.Workbook()
    book.active["A1"] = "naam"
    whole, made = io.BytesIO(), io.BytesIO()
    book.save(whole)
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry, sheet if entry.filename.endswith("sheet1.xml") else old.read(entry))
    return made.getvalue()


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LAUGHS = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
BOMBS = {
    "entities that multiply": f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY l0 "ha">{LAUGHS}]>'
    f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c t="inlineStr"><is><t>&l9;</t></is></c></row></sheetData></worksheet>',
    "an entity that reads a file": '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c t="inlineStr"><is><t>&f;</t></is></c></row></sheetData></worksheet>',
    "much more than it seems": "<worksheet>" + " " * 410_000_000,
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_workbook_that_is_a_bomb_is_refused(bomb: str) -> None:
    content = workbook(BOMBS[bomb])
    assert len(content) < 1_000_000
    with pytest.raises(FileRefused):
        excel_lines(content, [])


def test_nothing_of_ours_goes_out_to_a_network() -> None:
    going = {}
    for file in SOURCE.rglob("*.py"):
        named = set()
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Import):
                named |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                named |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        if named & NETWORK:
            going[str(file.relative_to(SOURCE))] = named & NETWORK
    assert going.keys() == MAY_CONNECT.keys(), going


def test_nothing_of_ours_runs_what_was_typed() -> None:
    """No eval, no pickle, no shell, no template out of words, no text that is said to be safe HTML, no SQL beside parameters."""
    refused = {"eval", "exec", "pickle", "marshal", "shelve", "mark_safe", "extra", "os.system", "yaml.load"}
    found = []
    for file in SOURCE.rglob("*.py"):
        if "migrations" in file.parts:
            continue
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call):
                name = ast.unparse(node.func)
                shell = any(word.arg == "shell" for word in node.keywords)
                if (
                    name in refused
                    or name.split(".")[0] in ("pickle", "marshal", "shelve")
                    or shell
                    or name.endswith((".extra", "Template"))
                ):
                    found.append(f"{file.relative_to(SOURCE)}: {name}")
    safe = [
        str(file)
        for file in SOURCE.rglob("*.html")
        if "|safe" in file.read_text() or "autoescape off" in file.read_text()
    ]
    assert [one for one in found + safe if one not in SAID_SAFE] == []


def test_production_is_strict_without_being_asked() -> None:
    """The settings as a server reads them that nobody told to be a demo."""
    said = production("SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SESSION_COOKIE_HTTPONLY CSRF_COOKIE_HTTPONLY DEBUG DEMO"
                      " SECURE_HSTS_SECONDS SECURE_HSTS_INCLUDE_SUBDOMAINS SECURE_SSL_REDIRECT SESSION_COOKIE_NAME"
                      " CSRF_COOKIE_NAME SESSION_COOKIE_SAMESITE SECURE_PROXY_SSL_HEADER")  # fmt: skip
    assert said["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert said["SESSION_COOKIE_SAMESITE"] == "Lax"
    assert said["SESSION_COOKIE_NAME"].startswith("__Host-") and said["CSRF_COOKIE_NAME"].startswith("__Host-")
    assert not said["DEBUG"] and not said["DEMO"] and said["SECURE_PROXY_SSL_HEADER"] is None
    assert all(value is True for name, value in said.items()
               if name.endswith(("_SECURE", "HTTPONLY", "REDIRECT", "SUBDOMAINS")))  # fmt: skip


def production(names: str) -> dict[str, object]:
    """Return settings as a fresh process reads them, outside the demo."""
    around = {name: value for name, value in os.environ.items() if name not in ("NABIJ_DEMO", "NABIJ_DEBUG")}
    code = f"import json, nabij.config.settings as s; print(json.dumps({{n: getattr(s, n, True) for n in {names.split()!r}}}))"
    done = subprocess.run(
        [sys.executable, "-c", code], env=around | keys_of(), capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def keys_of() -> dict[str, str]:
    return {name: os.environ.get(name) or key for name, key in keys.fresh().items()}


def test_every_cookie_is_bound_to_this_host() -> None:
    said = production("SESSION_COOKIE_NAME CSRF_COOKIE_NAME LANGUAGE_COOKIE_NAME")
    code = "import django; django.setup(); from nabij.signin import limits; print(limits.COOKIE)"
    around = {name: value for name, value in os.environ.items() if name not in ("NABIJ_DEMO", "NABIJ_DEBUG")}
    env = around | keys_of() | {"DJANGO_SETTINGS_MODULE": "nabij.config.settings"}
    known = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True).stdout
    assert all(str(name).startswith("__Host-") for name in (*said.values(), known))
    assert len({*said.values(), known.strip()}) == 4


def test_the_key_of_a_session_cannot_be_guessed() -> None:
    """Letters and digits by chance: 128 bits or more; and no two of many begin alike."""
    made = set()
    for _ in range(300):
        session = SessionStore()
        session.create()
        made.add(str(session.session_key))
    assert len(made) == len({key[:8] for key in made}) == 300
    assert all(re.fullmatch(r"[a-z0-9]+", key) and len(key) * math.log2(36) >= 128 for key in made)
    assert {sign for key in made for sign in key} == set(string.ascii_lowercase + string.digits)


def test_one_signs_out_on_every_page() -> None:
    """Every whole page of whoever is signed in has the button, also a refusal; but for who comes back from a directory."""
    pages = 0
    for name, answer in every_answer(lived(town())).items():
        text = answer.content.decode(errors="replace") if not answer.streaming else ""
        user = getattr(
            answer.wsgi_request, "user", None
        )  # none where no page was reached: a static file, a strange host
        if user and user.is_authenticated and "<html" in text and name != "oidc:back":
            assert 'action="/afmelden/"' in text, name
            pages += 1
    assert pages > 60


def test_signing_out_clears_what_the_browser_holds() -> None:
    client = pressing.signed_in(town().users["worker"])
    answer = client.post(reverse("access:sign-out"))
    assert answer["Clear-Site-Data"] == '"cache"'  # storage holds that keys are off, and nothing else (the next test)


def test_of_an_address_and_a_form_each_counts_where_it_should() -> None:
    """The same name twice, or in the address as well: what was typed in the form is what is saved, once."""
    world = lived(town())
    client = pressing.signed_in(world.here.users["worker"])
    address = reverse("desk:note-contact", args=[world.household])
    typed = {"channel": ["home", "phone"], "words": ["een", "uit het formulier"], "domain": ""}
    client.cookies["words"] = "uit een koekje"
    answer = client.post(address + "?words=uit+het+adres&channel=walk_in&key=x", typed)
    assert answer.status_code == 302
    with acting(world.here.worker):
        saved = list(
            Contact.objects.filter(household_id=world.household, words__startswith="u").values_list("channel", "words")
        )
        assert saved == [("phone", "uit het formulier")]
    assert client.post(address + "?channel=phone&words=uit+het+adres", {"words": "zonder kanaal"}).status_code == 422
    wanted = client.post(
        reverse("access:language") + "?language=fr&next=/gezinnen/", {"language": "nl", "next": "/team/"}
    )
    assert wanted["Location"] == "/team/"
    assert wanted.cookies[settings.LANGUAGE_COOKIE_NAME].value == "nl"


def test_cookies_say_what_they_are_for() -> None:
    here = town(sign_in=True)
    client = Client()
    client.get(reverse("access:sign-in"))
    client.post("/taal/", {"language": "fr"})
    typed = {"username": here.users["worker"].email, "email": here.users["worker"].email, "password": PASSWORD}
    client.post(reverse("access:sign-in"), typed)
    jar = client.cookies
    known = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME}
    assert set(jar) == known | {limits.COOKIE}
    for name, cookie in jar.items():
        assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["path"] == "/" and not cookie["domain"], (
            name
        )


def test_a_session_begins_anew_with_each_sign_in() -> None:
    here = town(sign_in=True)
    client = Client()
    client.get(reverse("access:sign-in"))
    session = client.session
    session["planted"] = True
    session.save()
    before = session.session_key
    typed = {"username": here.users["worker"].email, "email": here.users["worker"].email, "password": PASSWORD}
    client.post(reverse("access:sign-in"), typed)
    assert client.session.session_key != before
    client.post(reverse("access:sign-out"))
    assert client.get("/").status_code == 302


def test_no_script_keeps_anything_in_the_browser() -> None:
    keeping = ("localStorage", "sessionStorage", "indexedDB", "document.cookie", "caches.", "serviceWorker")
    scripts = [file for file in SOURCE.rglob("static/**/*.js") if "vendor" not in file.parts]
    assert len(scripts) > 3
    kept = {(file.name, word) for file in scripts for word in keeping if word in file.read_text()}
    # Whether single keys are off: a choice of this browser, and nothing about anybody.
    assert kept == {("keys.js", "localStorage")}


def test_a_look_that_was_refused_is_in_the_trail() -> None:
    world = lived(town())
    here = world.here
    for address in world.of_household().values():
        if address.startswith(f"/gezin/{world.household}/"):
            pressing.signed_in(here.users["neighbour"]).get(address)
    with acting(here.worker), connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from audit_trailevent where kind = %s and actor_id = %s and household_id = %s",
            ["households.look_refused", here.neighbour.id, world.household],
        )
        assert cursor.fetchone()[0] > 20


def test_a_paper_has_a_name_of_ours() -> None:
    world = lived(town())
    client = pressing.signed_in(world.here.users["worker"])
    for name in ("casework:paper", "oversight:list"):
        address = reverse(name, args=[world.household])
        form = next(f for f in pressing.forms_of(client.get(address), address) if f.action == address)
        answer = client.post(address, form.filled(world.here.today) | {"filename": ["../../etc/passwd"]})
        assert re.fullmatch(r'inline; filename="[a-z-]+-\d{4}-\d\d-\d\d\.pdf"', answer["Content-Disposition"])
