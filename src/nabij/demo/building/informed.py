"""Who was told what, and who agreed to what: for most of the written stories, as it would have gone."""

from datetime import timedelta

from nabij.demo.building import changes
from nabij.demo.building.file import File
from nabij.demo.building.house import House
from nabij.demo.dice import steady
from nabij.households import queries as homes
from nabij.households.queries import Member
from nabij.informing import actions
from nabij.informing.actions import Answer
from nabij.informing.models import Consent
from nabij.informing.purposes import LANGUAGES, How
from nabij.informing.queries import Telling, adults, text
from nabij.kernel.actor import acting

NOT_YET = 6  # one story in so many was not told yet: trust before forms
YEAR = timedelta(days=365)
BY_PAPER_OR_VOICE = (How.PAPER, How.ALOUD, How.INTERPRETER)


def inform(house: House, files: list[File]) -> None:
    """Tell the people of the stories who we are; ask some of them, of whom one says no and one takes it back."""
    stories = [f for f in files if not f.is_generated and f.lead and changes.last_day(f) == house.today]
    asked = list[tuple[File, Consent]]()
    for file in stories:
        with acting(file.by):
            members = adults(homes.members_of([file.id], by=file.by, on=house.today)[file.id])
            if steady(f"{file.told.key} told", NOT_YET):
                _tell(file, members)
            if members and (partner := _partner(file)):
                no = len(asked) == 1
                asked.append((file, _ask(file, members[0], partner, no=no)))
    if len(asked) > 2:
        _take_back(*asked[2])


def _tell(file: File, members: list[Member]) -> None:
    today, by = file.house.today, file.by
    for member in members:
        on = max(file.came, member.membership.valid_from)
        actions.tell(
            by=by, household=file.id, people=[member.person.id], telling=_telling(file, member, "help"), on=on, today=today,
            now=file.house.clock.past(on),
        )  # fmt: skip


def _ask(file: File, member: Member, partner: str, *, no: bool) -> Consent:
    today, by, person = file.house.today, file.by, member.person.id
    on = max(file.came, member.membership.valid_from, today - timedelta(days=40))
    answer = Answer("refused" if no else "given", partner, on + YEAR, said_by=person)
    return actions.record_answer(
        by=by, household=file.id, person=person, telling=_telling(file, member, "referral"), answer=answer, on=on,
        today=today, now=file.house.clock.past(on),
    )  # fmt: skip


def _take_back(file: File, consent: Consent) -> None:
    with acting(file.by):
        actions.withdraw(
            by=file.by, household=file.id, consent=consent.id, on=file.house.today, today=file.house.today,
            now=file.house.clock.now, what_next=f"Ik bel {consent.recipient} vandaag: we geven niets meer door.",
            said_by=consent.person_id,
        )  # fmt: skip


def _telling(file: File, member: Member, purpose: str) -> Telling:
    """Tell in the language that somebody reads; where that is none of ours, with an interpreter and in Dutch."""
    texts = dict(LANGUAGES)
    language = next((code for code in member.person.languages if code in texts), None)
    how = BY_PAPER_OR_VOICE[steady(f"{file.told.key} how", 2)] if language else How.INTERPRETER
    shown = text(purpose, language or "nl", by=file.by, on=file.house.today)
    return Telling(purpose, shown.language, shown.version, how)


def _partner(file: File) -> str:
    steps = [step.who for goal in file.told.goals for step in goal.steps if step.actor == "partner"]
    return steps[0] if steps else ""
