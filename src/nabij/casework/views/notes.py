"""Notes: who can read one is said before it is written; one's own sealed note opens on request only."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from nabij.access.pages import drafted, keep
from nabij.casework import actions, queries
from nabij.casework import permissions as may
from nabij.casework.forms import NoteForm
from nabij.casework.views.door import Home
from nabij.households.pages import entered
from nabij.kernel.refusals import NotOpen
from nabij.kernel.secrets import KeyIsGone
from nabij.signin.stepup import asked_again, stepped_up
from nabij.ui.pages import page

MANY = 1000


def add(request: HttpRequest, key: UUID) -> HttpResponse:
    """Write a note."""
    by, today = request.actor, request.today
    home = entered(request, key, "notitie")
    form = drafted(request, NoteForm, whole_file=may.read_whole_file.ok(by, home.ground), today=today)
    if request.method == "POST" and form.is_valid():
        if form.is_sealed and (asked := asked_again(request)):
            return asked
        data = dict(form.cleaned_data)
        if keep(
            request, form, actions.write_note, household=key, today=today,
            said=_("De notitie is verzegeld bewaard.") if form.is_sealed else _("De notitie is bewaard."),
            already=lambda: _same_note(request, key, data), **data,
        ):  # fmt: skip
            return redirect(f"{reverse('desk:household', args=[key])}#notes")
    why_no_case = may.read_whole_file.why(by, home.ground)
    return page(request, "casework/note_add.html", form, home=home, why_no_case=why_no_case)


@stepped_up
def sealed(request: HttpRequest, household: UUID, key: UUID) -> HttpResponse:
    """Open one's own sealed note: on request, with a look, never kept by the browser."""
    by = request.actor
    home = entered(request, household, "verzegelde notitie")
    found = _note(request, home, key)
    if found is None or not (found.is_sealed and found.is_mine):
        raise NotOpen(_("Dit is niet voor jou open, of het bestaat niet meer."))
    text, why = "", ""
    if request.method == "POST":
        try:
            text = actions.open_sealed(by=by, note=key, household=household)
        except KeyIsGone as gone:
            why = str(gone)
    response = page(request, "casework/note_sealed.html", home=home, note=found.note, text=text, why_closed=why)
    response["Cache-Control"] = "no-store"
    return response


def _note(request: HttpRequest, home: Home, key: UUID | None) -> queries.ReadableNote | None:
    notes = queries.notes_of(home.id, by=request.actor, limit=MANY)
    return next((note for note in notes if note.note.id == key), None)


def _same_note(request: HttpRequest, household: UUID, data: dict[str, object]) -> bool:
    by = request.actor
    there = next((n for n in queries.notes_of(household, by=by, limit=MANY) if n.note.id == data["key"]), None)
    if there is None or there.note.kind != data["kind"]:
        return False
    text = queries.sealed_text(there.note.id, by=by) if there.is_sealed else there.note.text
    return text == str(data["text"]).strip()
