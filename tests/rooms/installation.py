"""Installations of Nabij for tests of the command line: each a database with roles and keys of its own, `nabij` in a process."""

import os
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from nabij.config import embedded, roles
from nabij.config.backups import age

NABIJ = [sys.executable, "-m", "nabij.config.cli"]
PUBLIC, SECRET = age.new_key()
BUILD = """
import django; django.setup()
from nabij.demo.build import build
build("small")
"""
FLAGS = """
select c.relname, c.relrowsecurity, c.relforcerowsecurity,
  (select count(*) from pg_policy p where p.polrelid = c.oid),
  (select string_agg(t.tgname::text || t.tgenabled::text, ' ' order by t.tgname) from pg_trigger t
    where t.tgrelid = c.oid and not t.tgisinternal),
  (select string_agg(k.conname::text || pg_get_constraintdef(k.oid), ' ' order by k.conname)
    from pg_constraint k where k.conrelid = c.oid)
from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by 1
"""


@dataclass(frozen=True)
class Place:
    """An installation: a database with its roles, keys, and a folder of its own."""

    server: embedded.Server
    name: str
    folder: Path
    keys: tuple[tuple[str, str], ...]
    role: str = "nabij"

    @property
    def addresses(self) -> roles.Addresses:
        return roles.Addresses(**{role: self.server.url(f"{self.role}_{role}", self.name) for role in roles.VARIABLES})

    @property
    def environment(self) -> dict[str, str]:
        ours = {"NABIJ_DEMO", "NABIJ_BACKUP_FOLDER", "NABIJ_BACKUP_TO"}
        addresses = {variable: getattr(self.addresses, role) for role, variable in roles.VARIABLES.items()}
        plain = {k: v for k, v in os.environ.items() if k not in ours}
        return plain | addresses | dict(self.keys) | {"NABIJ_VAR": str(self.folder), "NABIJ_BACKUP_TO": PUBLIC}

    def nabij(self, *words: object, **extra: str) -> subprocess.CompletedProcess[str]:
        return self.run(*NABIJ, *map(str, words), **extra)

    def run(self, *words: str, preexec_fn: Any = None, **extra: str) -> subprocess.CompletedProcess[str]:
        env = self.environment | {"DJANGO_SETTINGS_MODULE": "nabij.config.settings"} | extra
        return subprocess.run(
            words, env=env, capture_output=True, text=True, timeout=300, check=False, preexec_fn=preexec_fn
        )

    def all(self, question: str, *given: object) -> list[Any]:
        """Ask as the superuser, for whom there is no wall."""
        with psycopg.connect(self.server.url("postgres", self.name), autocommit=True) as link:
            asked = link.execute(question, given or None)
            return asked.fetchall() if asked.description else []

    def tables(self) -> list[str]:
        return [name for (name, *_) in self.all(FLAGS)]

    def rows(self, table: str) -> Counter[str]:
        question = sql.SQL("select t::text from public.{} t").format(sql.Identifier(table)).as_string()
        return Counter(text for (text,) in self.all(question))


_numbers = count(1)


def place(server: embedded.Server, folder: Path, its: dict[str, str], role: str = "nabij") -> Place:
    made = Place(server, f"plaats {next(_numbers)}", folder, tuple(its.items()), role)
    roles.bootstrap(made.addresses, server.url())
    return made


def refused(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("Error: ") and len(done.stderr.strip().splitlines()) == 1, done.stderr
    return done.stderr
