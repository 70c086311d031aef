"""`nabij worker`: what happens by itself, beside the pages. One worker is enough; two do no harm."""

import importlib
import logging
import time
from dataclasses import dataclass

import click

from nabij.config.commands import on_nabij

log = logging.getLogger("nabij.worker")


@dataclass(frozen=True)
class Job:
    """A function without arguments, by its dotted name, and how often it runs."""

    function: str
    seconds: float


JOBS = (
    Job("nabij.config.witness:seal", 3),  # an event waits unsealed no longer than this
    Job("nabij.config.guesses:forget", 3600),  # sessions and invitations that are over
    Job("nabij.config.guesses:tell", 60),  # accounts at which somebody guessed often
    Job("nabij.config.nightly:check_trail", 300),  # once a night; asked more often, for a worker may start late
    Job("nabij.config.nightly:keep_terms", 300),  # once a night as well
    Job("nabij.config.nightly:back_up", 300),
    Job("nabij.config.nightly:tidy", 600),  # the wall shuts what is over by itself; this only writes it down
)


@click.command()
@click.option("--once", is_flag=True, help="Alles één keer, en dan stoppen.")
@on_nabij
def worker(once: bool) -> None:
    """Doen wat vanzelf moet gebeuren: het spoor verzegelen, het elke nacht nakijken, en elke nacht een back-up maken."""
    due = dict.fromkeys(JOBS, 0.0)
    while True:
        now = time.monotonic()
        for job in [job for job, moment in due.items() if moment <= now]:
            work(job)
            due[job] = now + job.seconds
        if once:
            return
        time.sleep(max(0.1, min(due.values()) - time.monotonic()))


def work(job: Job) -> bool:
    """Run a job, and return whether it went well: one that fails is logged and tried again the next time."""
    from django.db import close_old_connections

    close_old_connections()
    module, name = job.function.split(":")
    try:
        getattr(importlib.import_module(module), name)()
    except Exception:
        log.exception("%s failed", job.function)
        return False
    return True
