"""Languages that people in a Flemish town speak: the code, what it is called in Dutch, and other words for it."""

from collections.abc import Iterable

LANGUAGES = {
    "nl": ("Nederlands", "vlaams"), "fr": ("Frans", "français"), "en": ("Engels", "english"), "de": ("Duits",),
    "ar": ("Arabisch",), "tr": ("Turks",), "ber": ("Berbers", "tamazight", "riffijns"), "so": ("Somalisch", "somali"),
    "fa": ("Farsi", "perzisch"), "prs": ("Dari",), "ps": ("Pasjtoe", "pashto", "pashtoe"), "ur": ("Urdu", "oerdoe"),
    "uk": ("Oekraïens",), "ru": ("Russisch",), "pl": ("Pools",), "ro": ("Roemeens",), "bg": ("Bulgaars",),
    "sk": ("Slowaaks",), "cs": ("Tsjechisch",), "hu": ("Hongaars",), "sq": ("Albanees",), "sr": ("Servisch",),
    "hr": ("Kroatisch",), "bs": ("Bosnisch",), "rom": ("Romani", "romanes"), "es": ("Spaans",), "pt": ("Portugees",),
    "it": ("Italiaans",), "el": ("Grieks",), "hy": ("Armeens",), "ka": ("Georgisch",), "ku": ("Koerdisch",),
    "ti": ("Tigrinya", "tigrigna"), "am": ("Amhaars",), "ln": ("Lingala",), "sw": ("Swahili",), "rw": ("Kinyarwanda",),
    "ff": ("Fulani", "peul"), "wo": ("Wolof",), "zh": ("Chinees",), "vi": ("Vietnamees",), "th": ("Thais", "thai"),
    "hi": ("Hindi",), "pa": ("Punjabi",), "ne": ("Nepalees",), "bo": ("Tibetaans",), "tl": ("Tagalog", "filipijns"),
    "vgt": ("Vlaamse gebarentaal", "gebarentaal"),
}  # fmt: skip
OFTEN = (
    "nl",
    "fr",
    "en",
    "ar",
    "tr",
    "ber",
    "uk",
    "ru",
    "ro",
    "bg",
    "pl",
    "ps",
    "prs",
    "fa",
    "ti",
    "so",
    "es",
    "pt",
    "rom",
    "vgt",
)
CHOICES = [(code, LANGUAGES[code][0]) for code in OFTEN]


def called(codes: Iterable[str]) -> list[str]:
    """Return what languages are called in Dutch; a code that is not known stays as it is."""
    return [LANGUAGES.get(code, (code.upper(),))[0] for code in codes]
