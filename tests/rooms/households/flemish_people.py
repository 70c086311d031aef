"""People of a Flemish town, made up and damaged as at a front desk: deterministic, to measure who is recognised."""

import random
from calendar import monthrange
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date

from nabij.households.recognition.dates import BirthDate
from nabij.households.recognition.names import fold, search_name
from nabij.households.recognition.score import Candidate, Query


def _combined(starts: str, ends: str) -> str:
    """Family names are built from pieces, so that the town has enough of them."""
    return "|".join(start.replace("_", " ") + end for start in starts.split() for end in ends.split())


DUTCH = (
    "An Jan Piet Marie Lieve Tom Sofie Koen Els Bart Greet Luc Hilde Wim Nele Stijn Joke Dirk Ilse Pieter Eline Jef "
    "Lotte Geert Katrien Emma Noah Lucas Louise Arthur Ella Jules Nora Victor Fien Rik Godelieve Rosa Willy Ria Kobe "
    "Jana Tine Marc Rita Johan Annick Filip Griet Bram Hanne Wout Febe Seppe Amber Roger Christiane Denise Frans",
    "Peeters|Janssens|Maes|Jacobs|Mertens|Willems|Claes|Goossens|Wouters|De Smet|Dubois|Vermeulen|Lambrecht|D'Hondt|"
    "De Clercq|Desmet|Callens|Deprez|De Backer|Hoornaert|Lagae|Ghesquière|Van 't Hof|Decock|Baert|Naert|Soetaert|"
    "Segers|Aerts|Coppens|Pauwels|Hermans|Michiels|Lievens|Samyn|Tack|Bossuyt|Deceuninck|Houthoofd|Dhaene|Roels|"
    + _combined("Van_de_ Van_den_ Vande Vanden Ver Van_", "walle berghe broeck velde haeghe putte bosch cruysse hulle")
    + "|"
    + _combined("De De_", "bruyne poorter wilde meyer vos ridder graeve neve weerdt coster brabander jonghe"),
)
ARABIC = (
    "Mohamed Ahmed Fatima Khadija Youssef Amina Omar Hassan Zineb Karim Leila Rachid Samira Abdelkader Naima Hamza "
    "Yasmina Bilal Salma Imane Mustafa Khalid Nadia Soufiane Hanan Ibrahim Maryam Anas Noor Latifa Said Driss Hafsa",
    "Haddad|Bouchra|Abdallah|Chaoui|Bakkali|Al-Masri|Khoury|Benhaddou|Abu Bakr|Yousefi|Darwish|Hosseini|"
    + _combined("El_ Ben Ben_ Al_ Bou", "amrani ali idrissi hassan khattabi mansouri tahiri ziani saidi rahmani fassi"),
)
UKRAINIAN = (
    "Oleksandr Iryna Natalia Serhii Yuliia Kateryna Andrii Olena Mykola Viktoriia Dmytro Tetiana Zoriana Bohdan Larysa",
    "Moroz|Khomenko|Yushchenko|Hrytsenko|Demianenko|"
    + _combined("Shevch Koval Bondar Tkach Kravch Polishch Lys March Rud Petr Zakhar Melnyk", "enko uk chuk"),
)
TURKISH = (
    "Mehmet Ayşe Fatma Mustafa Emine Hüseyin Zeynep Elif Hatice Yusuf Özlem Gül Murat İbrahim Büşra Kerem Selin Emre",
    "Kaya|Çelik|Koç|Kurt|Güneş|Çetin|" + _combined("Yıl Öz Ay Ak Kara Er", "maz dız türk dın demir doğan kılıç taş"),
)
FRENCH = (
    "Jean Pierre Nathalie Céline François Hélène Benoît Aurélie Mathieu Chloé Jérôme Sébastien Amélie Léa",
    "Dubois|Lefèvre|Lambert|Dupont|Simon|Hénin|Carlier|De la Haye|Noël|Rousseau|Vidal|"
    + _combined("Le Du Des Mar Del", "grand roy champs prez tin mont val fosse"),
)
ROMANIAN = (
    "Andrei Elena Ioana Ștefan Mihai Gheorghe Mădălina Cristina Vasile Alexandru",
    "Șerban|Lăcătuș|Stoica|Dumitru|" + _combined("Pop Ion Munt Rădul Const Ciob Dobr", "escu eanu anu"),
)
ORIGINS = ((DUTCH, 50), (ARABIC, 20), (UKRAINIAN, 10), (TURKISH, 8), (FRENCH, 8), (ROMANIAN, 4))
STREETS = ("Kerkstraat", "Schoolstraat", "Molenstraat", "Stationsstraat", "Nieuwstraat", "Beekstraat", "Doornlaan")
SPELLINGS = (
    *(("ou", "oe"), ("oe", "ou"), ("kh", "ch"), ("sh", "sj"), ("ch", "tsj"), ("y", "i"), ("ii", "iy"), ("ck", "k")),
    *(
        ("ae", "aa"),
        ("x", "ks"),
        ("mohamed", "muhammed"),
        ("dj", "j"),
        ("ss", "s"),
        ("ia", "iya"),
        ("c", "k"),
        ("z", "s"),
    ),
)


@dataclass(frozen=True)
class Asked:
    """A damaged question, the key of who it is about (None: really new), and the kind of damage."""

    query: Query
    key: int | None
    damage: str


def people(count: int, seed: int) -> list[Candidate]:
    """Return so many different people; one refugee in three has 1 January."""
    chance = random.Random(seed)
    origins, weights = zip(*ORIGINS, strict=True)
    return [_person(key, chance, chance.choices(origins, weights)[0]) for key in range(count)]


def _person(key: int, chance: random.Random, origin: tuple[str, str]) -> Candidate:
    given = chance.choice(origin[0].split())
    families = origin[1].split("|")
    family = chance.choice(families)
    if chance.random() < 0.15:
        family += chance.choice(["-", " "]) + chance.choice(families)
    if chance.random() < 0.1:
        given += " " + chance.choice(origin[0].split())
    day = date.fromordinal(chance.randint(date(1935, 1, 1).toordinal(), date(2024, 12, 31).toordinal()))
    birth = BirthDate(day)
    if origin in (ARABIC, UKRAINIAN) and chance.random() < 0.2:
        birth = BirthDate(date(day.year, 1, 1), chance.choice(["day", "year"]))
    known = None if chance.random() < 0.03 else birth
    phones = (f"+324{chance.randint(50_000_000, 99_999_999)}",) if chance.random() < 0.5 else ()
    return Candidate(key, given, family, known, phones, "", (chance.choice(STREETS),))


def damaged(known: list[Candidate], count: int, seed: int) -> list[Asked]:
    """Return questions about known people, each damaged in one or two ways."""
    chance = random.Random(seed)
    return [_damage(chance.choice(known), chance) for _ in range(count)]


def strangers(count: int, seed: int) -> list[Asked]:
    """Return questions about people who are not known."""
    return [replace(_plain(person), key=None, damage="new") for person in people(count, seed)]


def _plain(person: Candidate) -> Asked:
    return Asked(Query(f"{person.given} {person.family}", person.birth), person.key, "none")


def _damage(person: Candidate, chance: random.Random) -> Asked:
    asked = _plain(person)
    kinds = chance.sample(list(DAMAGES), k=1 if chance.random() < 0.6 else 2)
    for kind in kinds:
        asked = replace(asked, query=DAMAGES[kind](asked.query, person, chance))
    if chance.random() < 0.3:
        asked = replace(asked, query=replace(asked.query, street=person.streets[0]))
    return replace(asked, damage="+".join(sorted(kinds)))


def _without_accents(query: Query, person: Candidate, chance: random.Random) -> Query:
    return replace(query, name=fold(person.given) + " " + person.family.lower())


def _particles(query: Query, person: Candidate, chance: random.Random) -> Query:
    for apart, joined in (("Van den ", "Vanden"), ("Van de ", "Vande "), ("De ", "De"), ("El ", "el-"), ("D'", "d ")):
        if apart in query.name:
            return replace(query, name=query.name.replace(apart, joined))
    return replace(query, name=query.name.replace("Vande", "van de ").upper())


def _spelling(query: Query, person: Candidate, chance: random.Random) -> Query:
    name = fold(query.name)
    fitting = [pair for pair in SPELLINGS if pair[0] in name] or [("e", "ee")]
    one, other = chance.choice(fitting)
    return replace(query, name=name.replace(one, other, 1))


def _typo(query: Query, person: Candidate, chance: random.Random) -> Query:
    name = query.name
    at = chance.randrange(1, max(2, len(name) - 1))
    swapped = name[: at - 1] + name[at : at + 1] + name[at - 1] + name[at + 1 :]
    mended = chance.choice([name[:at] + name[at + 1 :], swapped, name[:at] + chance.choice("aeinrst") + name[at:]])
    return replace(query, name=mended)


def _half(query: Query, person: Candidate, chance: random.Random) -> Query:
    parts = person.family.replace("-", " ").split()
    if len(parts) == 1:
        return replace(query, name=f"{person.given} {person.family}-{chance.choice(DUTCH[1].split('|'))}")
    return replace(query, name=f"{person.given} {chance.choice([parts[0], parts[-1]])}")


def _turned(query: Query, person: Candidate, chance: random.Random) -> Query:
    return replace(query, name=f"{person.family} {person.given}")


def _no_date(query: Query, person: Candidate, chance: random.Random) -> Query:
    return replace(query, birth=None)


def _date_turned(query: Query, person: Candidate, chance: random.Random) -> Query:
    if not query.birth or query.birth.date.day > 12:
        return _year_off(query, person, chance)
    day = query.birth.date
    return replace(query, birth=BirthDate(date(day.year, day.day, day.month)))


def _year_off(query: Query, person: Candidate, chance: random.Random) -> Query:
    if not query.birth:
        return query
    day = query.birth.date
    year = min(2025, day.year + chance.choice([-10, -1, 1, 10]))
    return replace(query, birth=BirthDate(date(year, day.month, min(day.day, monthrange(year, day.month)[1]))))


def _first_of_january(query: Query, person: Candidate, chance: random.Random) -> Query:
    if not query.birth:
        return query
    return replace(query, birth=BirthDate(date(query.birth.date.year, 1, 1), chance.choice(["day", "year"])))


DAMAGES = {
    "accents": _without_accents,
    "particles": _particles,
    "spelling": _spelling,
    "typo": _typo,
    "half": _half,
    "turned": _turned,
    "no date": _no_date,
    "date turned": _date_turned,
    "year off": _year_off,
    "1 January": _first_of_january,
}


class ShortList:
    """Stands for the database: trigrams on the folded name (as pg_trgm counts them), or an equal birth date."""

    def __init__(self, known: list[Candidate]) -> None:
        self.known = {person.key: person for person in known}
        self.by_trigram: dict[str, set[int]] = defaultdict(set)
        self.by_birth: dict[date, set[int]] = defaultdict(set)
        self.grams = {person.key: trigrams(search_name(person.given, person.family)) for person in known}
        for person in known:
            for gram in self.grams[person.key]:
                self.by_trigram[gram].add(person.key)
            if person.birth:
                self.by_birth[person.birth.date].add(person.key)

    def for_(self, query: Query, most: int = 50) -> list[Candidate]:
        """Return at most fifty by name (similarity 0.3 or more), and all with the same birth date."""
        asked = trigrams(fold(query.name))
        shared: dict[int, int] = defaultdict(int)
        for gram in sorted(asked):
            for key in self.by_trigram.get(gram, ()):
                shared[key] += 1
        alike = {key: n / (len(asked) + len(self.grams[key]) - n) for key, n in shared.items()}
        keys = sorted((key for key, value in alike.items() if value >= 0.3), key=lambda key: (-alike[key], key))[:most]
        same_day = self.by_birth[query.birth.date] if query.birth else set()
        return [self.known[key] for key in dict.fromkeys([*keys, *sorted(same_day)])]


def trigrams(text: str) -> set[str]:
    """Return the trigrams of each word, padded as pg_trgm does."""
    return {f"  {word} "[at : at + 3] for word in text.split() for at in range(len(word) + 1)}
