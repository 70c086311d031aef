"""Copies what pages and paper are drawn with out of npm's folder: only the files that `ui/vendor.json` names.

A list in that file has a pattern of where its files come from, one of where they go, and the names to fill in; names
may be a mapping from our name to theirs.
"""

import json
import re
import shutil
import sys
from pathlib import Path

UI = Path(__file__).resolve().parents[1] / "ui"
PACKAGES = Path(__file__).resolve().parents[3] / "node_modules"
SOURCE_MAP = re.compile(rb"\s*/[/*]# sourceMappingURL=\S+?(?:\s*\*/)?\s*$")


def wanted(listing: dict[str, dict[str, object]]) -> dict[str, str]:
    """Return where each file goes, and where it comes from."""
    files: dict[str, str] = {}
    for group in listing.values():
        names = group["names"]
        pairs = names.items() if isinstance(names, dict) else ((name, name) for name in names)  # type: ignore[attr-defined]
        files |= {str(group["to"]).format(ours): str(group["from"]).format(theirs) for ours, theirs in pairs}
    return files


def copy(files: dict[str, str], packages: Path, target: Path) -> list[str]:
    """Replace the target folder by these files, and return the ones that the packages do not have."""
    missing = [source for source in files.values() if not (packages / source).is_file()]
    if missing:
        return missing
    shutil.rmtree(target, ignore_errors=True)
    for name, source in files.items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        content = (packages / source).read_bytes()
        if name.endswith((".js", ".css")):
            content = SOURCE_MAP.sub(b"\n", content)  # the map is not served, and a browser would ask for it
        (target / name).write_bytes(content)
    return []


def main() -> None:
    """Copy, or say what is missing."""
    files = wanted(json.loads((UI / "vendor.json").read_text()))
    if missing := copy(files, PACKAGES, UI / "static" / "vendor"):
        sys.exit("Niet gevonden in node_modules: " + ", ".join(missing))


if __name__ == "__main__":
    main()
