"""From a file on disk to text: sizes, signatures and encodings, each with its sentence."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from nabij.kernel.tables.refused import FileRefused

MAX_BYTES = 50_000_000

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def read_bytes(path: str | Path, *, max_bytes: int = MAX_BYTES) -> bytes:
    """Return the content of a file; raises `FileRefused` when it is missing, unreadable, empty or too large."""
    path = Path(path)
    try:
        if path.is_dir():
            raise FileRefused(_("“%(name)s” is een map. Geef het bestand zelf op.") % {"name": path.name})
        size = path.stat().st_size
        if size > max_bytes:
            raise FileRefused(_too_large(path, size, max_bytes))
        content = path.read_bytes()
    except FileNotFoundError as error:
        sentence = _("Het bestand “%(path)s” bestaat niet. Kijk de naam en de map na.") % {"path": path}
        raise FileRefused(sentence) from error
    except (OSError, ValueError) as error:
        sentence = _("Het bestand “%(path)s” kan niet gelezen worden. Kijk na of je het mag openen.") % {"path": path}
        raise FileRefused(sentence) from error
    if not content.strip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"):
        raise FileRefused(_("Het bestand “%(name)s” is leeg.") % {"name": path.name})
    return content


def _too_large(path: Path, size: int, max_bytes: int) -> str:
    return _("Het bestand “%(name)s” is te groot (%(size)s MB; het mag hoogstens %(most)s MB zijn).") % {
        "name": path.name,
        "size": -(-size // 1_000_000),
        "most": -(-max_bytes // 1_000_000),
    }


def decode(content: bytes) -> tuple[str, str]:
    """Return text and encoding (UTF-8, UTF-16, Windows-1252, marked or not); raises `FileRefused` for no text."""
    for encoding in _candidates(content):
        try:
            decoded = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in decoded:
            return decoded.removeprefix("\ufeff"), encoding
    raise FileRefused(_("Dit is geen tekstbestand. Bewaar het als CSV (UTF-8) of als Excel-werkmap (.xlsx)."))


def _candidates(content: bytes) -> list[str]:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return [encoding]
    unmarked = _unmarked_utf16(content[:4000])
    # Latin-1 never fails: it only serves the five bytes that Windows-1252 leaves undefined.
    return [unmarked] if unmarked else ["utf-8", "cp1252", "latin-1"]


def _unmarked_utf16(start: bytes) -> str:
    """Western text in UTF-16 has a zero in (nearly) every second byte."""
    half = len(start) // 2
    if half < 2:
        return ""
    if start[1::2].count(0) > 0.8 * half and start[0::2].count(0) == 0:
        return "utf-16-le"
    if start[0::2].count(0) > 0.8 * half and start[1::2].count(0) == 0:
        return "utf-16-be"
    return ""
