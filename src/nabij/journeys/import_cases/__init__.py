"""Files of an older system come over: read, checked with a report by line, then all of them or none.

`check` reads and compares, and writes nothing but the look; `bring_in` does it. The columns: docs/overbrenging.md.
"""

from nabij.journeys.import_cases.bringing import bring_in
from nabij.journeys.import_cases.checking import Report, check

__all__ = ["Report", "bring_in", "check"]
