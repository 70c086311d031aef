"""The words of the command line, translated without Django: it speaks before there are settings."""

import gettext
from pathlib import Path

_words = gettext.translation("django", Path(__file__).parent / "locale", fallback=True)
_, ngettext = _words.gettext, _words.ngettext
