"""How colleagues stand in for each other and advise each other, on the day of the demo."""

from datetime import timedelta

from nabij.access import actions as access
from nabij.access.roles import Part, Permission
from nabij.advice import actions as advice
from nabij.demo.building.file import File
from nabij.demo.building.house import House
from nabij.demo.workforce import Worker
from nabij.kernel.actor import acting

DAY = timedelta(days=1)
ASKED = (
    (
        "De verwarming is stuk en de huisbaas antwoordt niet. Wie moet dit betalen, en wat vragen we eerst?",
        Part.PLAN | Part.CONTACTS,
        "De eigenaar, tenzij de schade door slecht onderhoud van de huurder komt. Stuur eerst een aangetekende brief met een "
        "termijn; help ik graag mee schrijven. Daarna de vrederechter: verzoening is gratis.",
    ),
    ("Er ligt een dwangbevel van een nutsbedrijf. Kunnen we nog een afbetaling vragen?", Part.PLAN, ""),
)


def together(house: House, files: list[File]) -> None:
    """Let one colleague be away whom another stands in for, and ask an expert two questions, one of them answered."""
    shown = house.shown()
    _away(house, {worker.key for worker in shown})
    guides = [worker for worker in shown if "social_worker" in worker.functions]
    experts = [w for w in house.workers if w.shown and Permission.ANSWER in house.actors[w.key].permissions]
    for worker in guides[:1]:
        mine = [file for file in files if file.lead == worker and file.goals]
        for expert in experts[:1]:
            _ask(house, worker, expert, mine[:2])


def _away(house: House, shown: set[str]) -> None:
    """Somebody whom nobody plays is ill since two days."""
    for team in house.teams:
        people = [w for w in house.case_workers(team) if "coordinator" not in w.functions]
        quiet = [w for w in people if w.key not in shown]
        for worker in quiet[:1]:
            by = house.actors[worker.key]
            others = [house.actors[w.key].id for w in people if w is not worker]
            with acting(by):
                access.note_absence(
                    by=by, worker=by.id, substitute=others[0] if others else None, on=house.today - 2 * DAY,
                    until=house.today + 5 * DAY, now=house.clock.now - 2 * DAY,
                )  # fmt: skip
            return


def _ask(house: House, worker: Worker, expert: Worker, files: list[File]) -> None:
    by, answers, now = house.actors[worker.key], house.actors[expert.key], house.clock.now
    for file, (words, parts, reply) in zip(files, ASKED, strict=False):
        with acting(by):
            asked = advice.ask(
                by=by, household=file.id, expert=answers.id, words=words, parts=parts, now=now - timedelta(hours=3),
                today=house.today,
            )  # fmt: skip
        if reply:
            with acting(answers):
                advice.answer(by=answers, question=asked.id, words=reply, now=now, today=house.today)
