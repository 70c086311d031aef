"""`make bench`: build the city once, measure, print, write `var/bench/figures.json`; stops by itself."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import django

FIGURES = {
    "my_day p95 ms": 150, "household p95 ms": 150, "plan p95 ms": 150, "team p95 ms": 150, "search p95 ms": 150,
    "my_day queries": 15, "household queries": 15, "plan queries": 15, "team queries": 15, "search queries": 15,
    "look-up p95 ms": 50, "second start s": 5, "small city and first page s": 30, "city s": 600, "import of 6,000 households s": 60,
    "hidden file σ": 3, "hidden plan σ": 3, "hidden name σ": 3, "hidden double σ": 3,
}  # fmt: skip


def main() -> None:
    """Measure what was asked (look-up, pages, queries, start, import, secrecy), or everything."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nabij.config.settings")
    os.environ["NABIJ_DEMO"] = "1"  # without TLS in front
    subprocess.run([sys.executable, "-m", "nabij.config.cli", "migrate"], check=True)
    django.setup()
    from benchmarks import city, importing, lookup, pages, secrecy, starting

    parts = {"look-up": lookup, "queries": pages.Queries, "pages": pages.Pages, "start": starting, "import": importing,
             "secrecy": secrecy}  # fmt: skip
    wanted = sys.argv[1:] or list(parts)
    figures = city.ensure()
    _keep(figures)
    for name in wanted:
        print(f"{name} …", flush=True)
        figures |= parts[name].measure()
        _keep(figures)
    _show(figures)


def _show(figures: dict[str, float]) -> None:
    for name, value in figures.items():
        promised = FIGURES.get(name)
        verdict = (
            "" if promised is None else f"  (promised ≤ {promised}: {'kept' if value <= promised else 'NOT KEPT'})"
        )
        print(f"{name:36} {value:>10,.1f}{verdict}")


def _keep(figures: dict[str, float]) -> None:
    file = Path(os.environ.get("NABIJ_VAR", "var/bench")) / "figures.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    before = json.loads(file.read_text()) if file.is_file() else {}
    file.write_text(
        json.dumps(before | figures | {"measured": time.strftime("%Y-%m-%d")}, indent=1, ensure_ascii=False)
    )


main()
