"""A directory for who manages the municipality: set up, which value gives which function, whom it knows, who was refused."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from nabij.access import queries as who
from nabij.access.permissions import manage_municipality
from nabij.access.requests import ActedRequest
from nabij.kernel.forms import attempt
from nabij.kernel.refusals import NotOpen
from nabij.signin.oidc import actions, queries
from nabij.signin.oidc.forms import USUAL, DirectoryForm, LinkForm, RuleForm
from nabij.signin.oidc.kinds import KINDS
from nabij.signin.stepup import stepped_up
from nabij.ui.pages import page


def directories(request: ActedRequest) -> HttpResponse:
    """List the directories of the municipality."""
    manage_municipality(request.actor)
    return page(request, "oidc/directories.html", directories=queries.directories(by=request.actor), kinds=KINDS)


def directory(request: ActedRequest, directory: UUID) -> HttpResponse:
    """Show one: its rules, whom it knows, whom it sent in vain, its addresses."""
    by, found = request.actor, _found(request, directory)
    return page(
        request,
        "oidc/directory.html",
        one=found,
        rules=queries.rules(directory, by=by),
        links=queries.links(directory, by=by),
        refused=queries.refused(directory, by=by, now=timezone.now()),
        back_address=request.build_absolute_uri(reverse("oidc:back", args=[directory])),
        left_address=request.build_absolute_uri(reverse("oidc:left", args=[directory])),
        today=request.today,
    )


@stepped_up
@sensitive_post_parameters("secret")
def add(request: ActedRequest, kind: str) -> HttpResponse:
    """Set up a directory of a kind, with what that kind usually calls things."""
    by = request.actor
    manage_municipality(by)
    if kind not in USUAL:
        raise Http404
    form = DirectoryForm(request.POST if request.method == "POST" else None, initial={"kind": kind, **USUAL[kind]})
    form.fields["secret"].required = True
    if form.is_valid():
        made = attempt(form, actions.set_up, by=by, settings=form.settings(), secret=form.cleaned_data["secret"])
        if made:
            messages.success(request, _("De aanmelddienst is ingesteld, en nog uit. Zeg nu wie welke functie krijgt."))
            return redirect("oidc:directory", made.id)
    return _form(
        request, form, str(dict(KINDS)[kind])[:1].upper() + str(dict(KINDS)[kind])[1:], reverse("oidc:directories")
    )


@stepped_up
@sensitive_post_parameters("secret")
def change(request: ActedRequest, directory: UUID) -> HttpResponse:
    """Change a directory; its secret stays when none is typed."""
    found = _found(request, directory)
    form = DirectoryForm(request.POST if request.method == "POST" else None, initial=DirectoryForm.initial_of(found))
    if form.is_valid():
        said = {"settings": form.settings(), "secret": form.cleaned_data["secret"]}
        if attempt(form, actions.change, by=request.actor, directory=directory, **said):
            messages.success(request, _("Bewaard."))
            return redirect("oidc:directory", directory)
    lead = _(
        "Verander je het adres of het gegeven met de sleutel, dan is niemand nog verbonden: een sleutel geldt maar daar."
    )
    return _form(request, form, _("Wijzig %(name)s") % {"name": found.name}, _page_of(directory), lead=lead)


@stepped_up
@require_POST
def open_or_close(request: ActedRequest, directory: UUID) -> HttpResponse:
    """Let workers in along a directory, or no longer."""
    _found(request, directory)
    is_open = request.POST.get("do") == "open"
    actions.open_or_close(by=request.actor, directory=directory, is_open=is_open)
    messages.success(
        request, _("De knop staat op de aanmeldpagina.") if is_open else _("Langs hier komt niemand meer binnen.")
    )
    return redirect("oidc:directory", directory)


@stepped_up
def add_rule(request: ActedRequest, directory: UUID) -> HttpResponse:
    """Say which value gives which function."""
    by, found = request.actor, _found(request, directory)
    initial = {"claim": "mijntoepassing_rol_3d" if found.kind == "acm" else "roles"}
    sent = request.POST if request.method == "POST" else None
    form = RuleForm(sent, initial=initial, teams=who.teams(by=by))
    if form.is_valid():
        data = form.cleaned_data
        said = {**data, "team": UUID(data["team"]) if data["team"] else None}
        if attempt(form, actions.add_rule, by=by, directory=directory, **said):
            messages.success(request, _("Bewaard. De regel geldt vanaf de volgende aanmelding."))
            return redirect("oidc:directory", directory)
    return _form(request, form, _("Welke waarde geeft welke functie"), _page_of(directory))


@stepped_up
@require_POST
def drop_rule(request: ActedRequest, rule: UUID) -> HttpResponse:
    """Take a rule away."""
    manage_municipality(request.actor)
    directory = actions.drop_rule(by=request.actor, rule=rule)
    messages.success(request, _("De regel is weg. Wie zo een functie had, verliest ze bij de volgende aanmelding."))
    return redirect("oidc:directory", directory)


@stepped_up
def link(request: ActedRequest, directory: UUID) -> HttpResponse:
    """Tie a worker to the key that the directory has for him."""
    by = request.actor
    _found(request, directory)
    sent = request.POST if request.method == "POST" else None
    form = LinkForm(sent, workers=queries.not_linked(directory, by=by))
    if form.is_valid():
        said = {"worker": UUID(form.cleaned_data["worker"]), "subject": form.cleaned_data["subject"]}
        if attempt(form, actions.link, by=by, directory=directory, now=timezone.now(), **said):
            messages.success(request, _("Verbonden."))
            return redirect("oidc:directory", directory)
    lead = _("De sleutel staat bij de aanmelddienst, of op de vorige pagina bij wie niet binnen mocht.")
    return _form(request, form, _("Verbind een medewerker"), _page_of(directory), lead=lead)


@stepped_up
@require_POST
def unlink(request: ActedRequest, link: UUID) -> HttpResponse:
    """Untie a worker."""
    manage_municipality(request.actor)
    directory = actions.unlink(by=request.actor, link=link)
    messages.success(request, _("Losgemaakt, en afgemeld."))
    return redirect("oidc:directory", directory)


def _found(request: ActedRequest, key: UUID) -> Any:
    manage_municipality(request.actor)
    found = queries.directory(key, by=request.actor)
    if found is None:
        raise NotOpen(_("Deze aanmelddienst is er niet."))
    return found


def _page_of(directory: UUID) -> str:
    return reverse("oidc:directory", args=[directory])


def _form(request: ActedRequest, form: Any, title: str, back: str, lead: str = "") -> HttpResponse:
    return page(request, "oidc/form.html", form=form, title=title, back=back, lead=lead, save=_("Bewaar"))
