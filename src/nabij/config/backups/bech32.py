"""Bech32 (BIP 173): the way in which age writes keys, with a checksum that sees a typing mistake."""

CHARSET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def encode(prefix: str, data: bytes) -> str:
    """Return these bytes as lower-case Bech32 text."""
    words = _regroup(data, 8, 5, pad=True)
    sums = _polymod([*_expand(prefix), *words, *[0] * 6]) ^ 1
    return prefix + "1" + "".join(CHARSET[word] for word in [*words, *((sums >> 5 * (5 - at)) & 31 for at in range(6))])


def decode(text: str) -> tuple[str, bytes]:
    """Return prefix and bytes; raises `ValueError` when the text is not Bech32, or was typed wrong."""
    if text not in (text.lower(), text.upper()):
        raise ValueError("mixed case")
    prefix, found, rest = text.lower().rpartition("1")
    if not found or not prefix or len(rest) < 6:
        raise ValueError("no Bech32")
    words = [CHARSET.index(letter) for letter in rest]  # a letter that is none raises ValueError too
    if _polymod([*_expand(prefix), *words]) != 1:
        raise ValueError("the checksum does not fit")
    return prefix, bytes(_regroup(words[:-6], 5, 8, pad=False))


def _expand(prefix: str) -> list[int]:
    return [*(ord(letter) >> 5 for letter in prefix), 0, *(ord(letter) & 31 for letter in prefix)]


def _polymod(words: list[int]) -> int:
    sums = 1
    for word in words:
        top = sums >> 25
        sums = (sums & 0x1FFFFFF) << 5 ^ word
        for at, generator in enumerate(GENERATOR):
            sums ^= generator if top >> at & 1 else 0
    return sums


def _regroup(data: "bytes | list[int]", size: int, into: int, *, pad: bool) -> list[int]:
    held, bits, out = 0, 0, []
    for value in data:
        held, bits = held << size | value, bits + size
        while bits >= into:
            bits -= into
            out.append(held >> bits & (1 << into) - 1)
    left = held & (1 << bits) - 1
    if pad and bits:
        out.append(left << into - bits & (1 << into) - 1)
    elif not pad and (bits >= size or left):
        raise ValueError("bits are left over")
    return out
