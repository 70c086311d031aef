"""What two households asked about their data: one waits for its answer, one waits too long."""

from datetime import timedelta

from nabij.demo.building.file import File
from nabij.demo.building.house import House
from nabij.kernel.actor import acting
from nabij.privacy import actions

ASKED = (
    ("access", "Wat staat er allemaal over mij? Ik wil het graag op papier.", timedelta(days=12)),
    ("objection", "Ik wil niet dat de school iets weet van het plan.", timedelta(days=34)),
)


def ask(house: House, files: list[File]) -> None:
    """Let the case managers whom people play note what was asked of them."""
    shown = house.shown()
    mine = [file for file in files if file.lead in shown and file.goals]
    for file, (kind, words, ago) in zip(mine, ASKED, strict=False):
        assert file.lead  # noqa: S101
        by = house.actors[file.lead.key]
        with acting(by):
            actions.ask(
                by=by, household=file.id, kind=kind, words=words, asked_on=house.today - ago,
                now=house.clock.now - ago, today=house.today,
            )  # fmt: skip
