"""`build`: Lindegem and Oudlo, with everything in them, made by calling the verbs as those who would do it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import islice

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nabij.audit import trail
from nabij.demo import generate, workdays
from nabij.demo.building import diary, house, informed, looking, needs, over, rights, telling, today, together
from nabij.demo.building.file import File
from nabij.demo.building.moments import Clock
from nabij.demo.shapes import DemoContact, DemoEvent, DemoHousehold, DemoNote
from nabij.demo.stories import load
from nabij.demo.territory import towns

Progress = Callable[..., object]
TOGETHER = 100  # households in one transaction
BEGAN = timedelta(days=90)  # ago the towns began with Nabij, and brought over whom they knew already
RECENT = timedelta(days=21)
# So that the demo has a sealed note at all: those of the stories are a youth worker's, who has no part in the file.
SEALED = {
    "yildiz-van-den-berghe": "Ayşe vertelde over vroeger. Vraag haar eerst of ik dit ergens mag opschrijven.",
}
HANDED = (
    "De collega werkt minder uren.", "Het gezin vroeg zelf om iemand anders.", "De collega is voor lang ziek.",
)  # fmt: skip


@dataclass(frozen=True)
class Size:
    """How many households are generated for each town, and how many contacts each keeps at most."""

    households: dict[str, int]
    contacts: int | None


SIZES = {
    "small": Size({"lindegem": 130, "oudlo": 20}, 8),
    "city": Size({"lindegem": 5_880, "oudlo": 80}, None),
}


def build(
    size: str = "small", progress: Progress = lambda *_: None, *, seed: int = 1, now: datetime | None = None
) -> None:
    """Build both towns; raises `NotNow` when they are there already, `KeyError` for a size that does not exist."""
    plan, clock = SIZES[size], Clock(now or timezone.now())
    stories = load(clock.today)
    for town in towns():
        progress(_("{town}: wijken, straten, centra en medewerkers").format(town=town.name))
        with transaction.atomic():
            here = house.found(town, size, seed, clock)
        mine = [story for story in stories if story.nis == town.nis]
        count = plan.households[town.key]
        generated = generate.households(seed, count, clock.today, town)
        _fill(here, mine, generated, len(mine) + count, plan, progress)
    progress(_("Het spoor verzegelen"))
    trail.seal()


def _fill(
    here: house.House, stories: list[DemoHousehold], generated: Iterable[DemoHousehold], total: int, plan: Size,
    progress: Progress,
) -> None:  # fmt: skip
    kept, began, files = diary.Diary(here), here.today - BEGAN, list[File]()
    what = _("{town}: gezinnen").format(town=here.town.name)
    for batch in _batches(_told(here, kept, stories, generated, plan)):
        with transaction.atomic():
            _tell(here, batch, began)
        files += batch
        progress(what, len(files), total)
    progress(_("{town}: contacten").format(town=here.town.name))
    with transaction.atomic():
        kept.note_all()
    with transaction.atomic():
        diary.leave_the_desk(here)
        today.fill(here, files)
    with transaction.atomic():
        together.together(here, files)
        rights.ask(here, files)
    with transaction.atomic():
        informed.inform(here, files)
        looking.look(here, files)
    with transaction.atomic():
        needs.need(here, files)
    left_out = sum(len(file.left_out) for file in files)
    if left_out:
        progress(_("Niet bewaard: {many} notities van wie geen toegang tot het dossier heeft").format(many=left_out))


def _tell(here: house.House, batch: list[File], began: date) -> None:
    """Stories are told from their first day; of the others, who was known before the town began is brought over."""
    old = [file for file in batch if file.is_generated and over.is_old(file.told, began)]
    if old:
        over.bring_over(here, old, began)
    for file in batch:
        telling.go_on(file, began) if file in old else telling.tell(file)
        file.contacts = []  # they are in the diary: a city has two hundred thousand


def _batches(told: Iterator[File]) -> Iterator[list[File]]:
    while batch := list(islice(told, TOGETHER)):
        yield batch


def _told(
    here: house.House, kept: diary.Diary, stories: list[DemoHousehold], generated: Iterable[DemoHousehold], plan: Size
) -> Iterator[File]:
    for story in stories:
        sealed = None
        if story.key in SEALED:
            note = DemoNote(SEALED[story.key], "sealed", here.today - timedelta(days=30), "lead")
            sealed = replace(story, notes=(*story.notes, note))
        yield File(here, kept, sealed or story, list(story.contacts))
    for household in generated:
        yield File(here, kept, _lived(household, here.clock), _some(household, plan.contacts), is_generated=True)


def _some(household: DemoHousehold, most: int | None) -> list[DemoContact]:
    contacts = list(household.contacts)
    if most is None or len(contacts) <= most:
        return contacts
    return contacts[:: -(-len(contacts) // most)]


def _lived(household: DemoHousehold, clock: Clock) -> DemoHousehold:
    """Return a generated household with who is in charge: who came lately may wait, some were handed over."""
    waits = clock.today - household.arrival.on < RECENT and household.lead_slot % 3 == 0
    if waits:
        notes = tuple(note for note in household.notes if note.secrecy == "shared")
        return replace(
            household, lead=False, goals=(), scores=(), agreement=None, review_on=None, appointments=(), notes=notes
        )
    ends = next((event.on for event in household.events if event.kind == "ended"), clock.today)
    stayed = ends - household.arrival.on
    if household.lead_slot % 12 or ends < clock.today or stayed < BEGAN:
        return replace(household, lead=True)
    on = workdays.before(ends - BEGAN // 2, household.arrival.on)
    event = DemoEvent("handed_over", on, reason=HANDED[household.lead_slot % len(HANDED)])
    return replace(household, lead=True, events=tuple(sorted([*household.events, event], key=lambda e: e.on)))
