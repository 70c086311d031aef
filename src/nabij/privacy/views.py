"""Pages of privacy: what is kept, what goes, what is asked; and a copy for one person."""

import csv
import io
import json
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from nabij.access import queries as who
from nabij.access.pages import drafted, keep
from nabij.access.requests import ActedRequest
from nabij.households.pages import entered
from nabij.kernel.privacy import Category
from nabij.kernel.refusals import NotOpen
from nabij.kernel.tables.writing import harmless
from nabij.privacy import actions, copying, permissions, queries
from nabij.privacy.forms import CSV, PDF, AnswerForm, AskForm, CopyForm, EraseForm, HoldForm, TermForm
from nabij.privacy.gates import before_leaving
from nabij.privacy.paper.content import copy_pdf
from nabij.privacy.register import COLUMNS, as_data, as_rows
from nabij.privacy.register import register as all_processing
from nabij.privacy.terms import InForce
from nabij.ui.pages import page


def overview(request: ActedRequest) -> HttpResponse:
    """Show what is asked, what goes soon, the terms, and what stayed behind; to officer and administrator."""
    by, today = request.actor, request.today
    permissions.read_register(by)
    is_officer = permissions.guard_privacy.ok(by)
    terms = queries.terms(by=by)
    asked = queries.open_requests(by=by) if is_officer else []
    letters = queries.initials([one.household_id for one in asked], by=by) if asked else {}
    held = queries.holds(by=by, on=today)
    soon = queries.candidates(by=by, today=today, terms_now=terms)
    places, domains = queries.left_behind(by=by)
    return page(
        request,
        "privacy/overview.html",
        is_officer=is_officer,
        asked=[(one, queries.reference(one.household_id, letters.get(one.household_id, ""))) for one in asked],
        soon=[(one, held.get(one.household_id)) for one in soon],
        runs=queries.runs(by=by, limit=7),
        terms=list(terms.values()),
        why_not_term=permissions.set_term.why(by),
        places=places,
        domains=domains,
    )


@before_leaving
def register(request: ActedRequest) -> HttpResponse:
    """Show the register of processing; sent, answer it as a sheet or as JSON."""
    by = request.actor
    permissions.read_register(by)
    lines = all_processing(queries.terms(by=by))
    if request.method == "POST":
        form = CSV if request.POST.get("form") == CSV else "json"
        actions.take_register(by=by, form=form)
        return _sheet(as_rows(lines)) if form == CSV else _json(as_data(lines), "register")
    return page(request, "privacy/register.html", lines=lines)


def term(request: ActedRequest, category: str) -> HttpResponse:
    """Show how long one category stays; sent, decide another term."""
    by = request.actor
    permissions.set_term(by)
    now = _in_force(category, queries.terms(by=by))
    initial: dict[str, Any] = {"legal_ground": now.decided_ground, "clock": now.clock}
    if now.length:
        initial |= {"amount": now.length.amount, "unit": now.length.unit}
    form = TermForm(request.POST if request.method == "POST" else None, initial=initial)
    if now.rule.category not in (Category.FILE, Category.VISIT):
        del form.fields["clock"]
        form.fields["unit"].initial = now.length.unit if now.length else None
    if form.is_valid() and keep(
        request, form, actions.set_term, category=now.rule.category, today=request.today, said=_("De termijn is bewaard."),
        **form.asked(),
    ):  # fmt: skip
        return redirect("privacy:overview")
    return page(request, "privacy/term.html", form, now=now)


def hold(request: ActedRequest, announcement: UUID) -> HttpResponse:
    """Show one file that was announced; sent, keep it for a reason, or no longer."""
    by, today = request.actor, request.today
    permissions.guard_privacy(by)
    row = queries.announced(announcement, by=by)
    if request.method == "POST" and "release" in request.POST:
        actions.release(by=by, announcement=announcement, today=today)
        return redirect("privacy:overview")
    one = queries.candidates(by=by, today=today, only=row.household_id)[0]
    form = HoldForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and keep(
        request, form, actions.hold, announcement=announcement, today=today, said=_("Dit dossier blijft nog."),
        **form.cleaned_data,
    ):  # fmt: skip
        return redirect("privacy:overview")
    held = queries.holds(by=by, on=today).get(row.household_id)
    return page(request, "privacy/hold.html", form, one=one, held=held)


def request(request: ActedRequest, request_key: UUID) -> HttpResponse:
    """Show the privacy officer one question by the reference of its file; sent, answer it or erase."""
    by, today = request.actor, request.today
    permissions.guard_privacy(by)
    row = queries.request(request_key, by=by)
    letter = queries.initials([row.household_id], by=by).get(row.household_id, "")
    erasing = request.method == "POST" and "erase" in request.POST
    answer_form = AnswerForm(request.POST if request.method == "POST" and not erasing else None, prefix="answer")
    erase_form = EraseForm(request.POST if erasing else None, prefix="erase")
    if answer_form.is_valid() and keep(
        request, answer_form, actions.answer, request=row.id, today=today, said=_("Beantwoord."),
        **answer_form.cleaned_data,
    ):  # fmt: skip
        return redirect("privacy:overview")
    if erase_form.is_valid() and keep(
        request, erase_form, actions.erase, request=row.id, exception=erase_form.cleaned_data["exception"], today=today,
        said=_("Gewist."),
    ):  # fmt: skip
        return redirect("privacy:overview")
    one = queries.candidates(by=by, today=today, only=row.household_id)[0]
    return page(
        request,
        "privacy/request.html",
        erase_form if erasing else answer_form,
        row=row,
        reference=queries.reference(row.household_id, letter),
        noted_by=who.names_of([row.noted_by], by=by).get(row.noted_by, ""),
        one=one,
        answer_form=answer_form,
        erase_form=erase_form,
        why_not_alone=permissions.not_alone.why(by, row.noted_by),
    )


def of_household(request: ActedRequest, key: UUID) -> HttpResponse:
    """Show what this household asked about its data, and for whom a copy can be made."""
    by = request.actor
    home = entered(request, key, "gegevens")
    return page(
        request,
        "privacy/of_household.html",
        home=home,
        people=[*home.members, *home.former],
        rows=queries.requests_of(key, by=by),
        why_not_copy=permissions.export.why(by, home.ground),
    )


def ask(request: ActedRequest, key: UUID) -> HttpResponse:
    """Show the form for a question about data; sent, note it."""
    home = entered(request, key, "vraag over gegevens")
    form = drafted(request, AskForm, initial={"asked_on": request.today})
    form.offer([(one.person.id, one.name) for one in (*home.members, *home.former)])
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if keep(
            request, form, actions.ask, household=key, today=request.today, said=_("Genoteerd."),
            already=lambda: any(row.id == data["key"] for row in queries.requests_of(key, by=request.actor)), **data,
        ):  # fmt: skip
            return redirect("privacy:of-household", key)
    return page(request, "privacy/ask.html", form, home=home)


@before_leaving
def copy(request: ActedRequest, key: UUID, person: UUID) -> HttpResponse:
    """Ask which words stay out of a copy; sent, answer the copy and note that it was made."""
    by, today = request.actor, request.today
    home = entered(request, key, "kopie van gegevens")
    permissions.export(by, home.ground)
    member = copying.member(home, person)
    form = CopyForm(request.POST if request.method == "POST" else None)
    form.offer(copying.texts(home, by=by, person=person))
    if form.is_valid():
        out, how = form.left_out(), form.cleaned_data["form"]
        town = request.user.municipality.name  # type: ignore[union-attr]
        made = copying.copy_for(home, person, by=by, on=today, municipality=town, left_out=out)
        answer = _pdf(made, by, today) if how == PDF else _json(made, "kopie")
        actions.give_copy(by=by, household=key, person=person, form=how, left_out=len(out), today=today)
        return answer
    return page(request, "privacy/copy.html", form, home=home, member=member)


def _in_force(category: str, terms: dict[Category, InForce]) -> InForce:
    try:
        found = terms[Category(category)]
    except ValueError:
        raise NotOpen(_("Deze soort gegevens bestaat niet.")) from None
    if not found.rule.may_change:
        raise NotOpen(_("Deze termijn ligt vast."))
    return found


def _pdf(made: dict[str, Any], by: Any, today: date) -> HttpResponse:
    officers = [(officer.name, officer.email) for officer in queries.officers(by=by, on=today)]
    return _file(copy_pdf(made, officers=officers), "application/pdf", "kopie.pdf")


def _json(data: Any, name: str) -> HttpResponse:
    text = json.dumps(data, ensure_ascii=False, indent=2)
    return _file(text.encode(), "application/json; charset=utf-8", f"{name}.json")


def _sheet(rows: list[list[str]]) -> HttpResponse:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow([str(column) for column in COLUMNS])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return _file(("\ufeff" + out.getvalue()).encode(), "text/csv; charset=utf-8", "register.csv")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
