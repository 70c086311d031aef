"""May this happen now?"""

from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from nabij.households.queries import Member
from nabij.informing.models import NO_TEXT, NOT_NEEDED, Consent
from nabij.informing.purposes import ASKED, LANGUAGES, How, Purpose
from nabij.kernel.checks import fits, is_one_of
from nabij.kernel.constraints import sentences
from nabij.kernel.refusals import BadInput, NotNow, check

MOST_WORDS = 20_000
LONGEST = timedelta(days=731)
ANSWERS_FROM = 12
"""From this age a child may answer itself, where the worker finds that it understands; before, somebody answers for it."""


@check
def is_told_so(purpose: str, language: str, how: str) -> None:
    """Raise `BadInput` for a purpose, a language or a way of telling that does not exist."""
    is_one_of(Purpose, purpose, "told_purpose_is_known", field="purpose")
    if language not in dict(LANGUAGES):
        raise BadInput(NO_TEXT, field="language")
    is_one_of(How, how, "told_how_is_known", field="how")


@check
def asks_consent(purpose: str) -> None:
    """Raise `BadInput` for a purpose that rests on a duty or a task: nobody is pushed to a yes that could not be a no."""
    if purpose not in ASKED:
        raise BadInput(NOT_NEEDED)


@check
def day_has_come(on: date, today: date, *, field: str) -> None:
    """Raise `BadInput` for a day to come, or of another age."""
    if on > today:
        raise BadInput(_("Deze dag moet nog komen. Noteer het op de dag zelf, of later."), field=field)
    if on.year < 1990:
        raise BadInput(_("Kijk het jaar na: deze dag ligt te ver van vandaag."), field=field)


@check
def lives_here(person: UUID, members: list[Member]) -> None:
    """Raise `BadInput` for somebody who does not live in this household."""
    if person not in {member.person.id for member in members}:
        raise BadInput(_("Kies iemand die in dit gezin woont."), field="person")


@check
def may_answer(person: UUID, said_by: UUID | None, other: str, members: list[Member]) -> None:
    """Raise `BadInput` unless somebody answers for herself, an adult of the household for a child, or who is named."""
    if bool(said_by) == bool(other):
        raise BadInput(sentences()["consent_is_said_by_one"], field="said_by")
    if other:
        return
    by_key = {member.person.id: member for member in members}
    whose, answers = by_key[person], by_key.get(said_by) if said_by else None
    if answers is None:
        raise BadInput(_("Kies iemand die in dit gezin woont."), field="said_by")
    is_child = whose.membership.role == "child"
    if said_by == person:
        if is_child and (whose.age is None or whose.age < ANSWERS_FROM):
            raise BadInput(_("Voor een kind jonger dan twaalf antwoordt wie ervoor zorgt."), field="said_by")
    elif not is_child:
        raise BadInput(
            _("Een volwassene antwoordt zelf. Heeft iemand een bewindvoerder, schrijf dan diens naam."), field="said_by"
        )
    elif answers.membership.role != "adult":
        raise BadInput(_("Voor een kind antwoordt een volwassene."), field="said_by")


@check
def consent_is_sound(consent: Consent) -> None:
    """Raise `BadInput` for an answer that does not exist, no recipient, or an end that is missing, past or too far."""
    is_one_of(Consent.Outcome, consent.outcome, "consent_outcome_is_known", field="outcome")
    fits(consent.recipient, 120, field="recipient")
    if not consent.recipient_key:
        raise BadInput(sentences()["consent_names_a_recipient"], field="recipient")
    if consent.outcome == Consent.Outcome.REFUSED:
        return
    if consent.ends_on is None or consent.ends_on <= consent.answered_on:
        raise BadInput(sentences()["consent_given_has_an_end"], field="ends_on")
    if consent.ends_on - consent.answered_on > LONGEST:
        raise BadInput(_("Kies een einde binnen twee jaar. Daarna vraag je het opnieuw."), field="ends_on")


@check
def still_counts(consent: Consent, on: date) -> None:
    """Raise `NotNow` for a consent that was refused, withdrawn or has ended: there is nothing to take back."""
    if consent.outcome != Consent.Outcome.GIVEN:
        raise NotNow(_("Hier werd geen toestemming gegeven. Er is dus niets in te trekken."))
    if consent.stopped_on:
        raise NotNow(_("Deze toestemming is al ingetrokken."))
    if consent.ends_on and consent.ends_on <= on:
        raise NotNow(_("Deze toestemming is al afgelopen. Ze telt niet meer mee."))


@check
def text_is_sound(words: str, valid_from: date, today: date) -> None:
    """Raise `BadInput` for a text without a title or with too many words, or one that begins in the past or far ahead."""
    if not words.startswith("# "):
        raise BadInput(_("Begin met de titel: een regel die begint met # en een spatie."), field="words")
    if len(words.splitlines()) < 2:
        raise BadInput(
            _("Onder de titel staat nog niets. Schrijf de tekst die mensen te lezen krijgen."), field="words"
        )
    fits(words, MOST_WORDS, field="words")
    if valid_from < today:
        raise BadInput(
            _("Een nieuwe versie begint vandaag of later: wat getoond werd, blijft zoals het was."), field="valid_from"
        )
    if valid_from - today > timedelta(days=366):
        raise BadInput(_("Kijk het jaar na: deze dag ligt te ver van vandaag."), field="valid_from")
