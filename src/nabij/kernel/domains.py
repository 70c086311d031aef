"""Life domains: the fields of life that a goal, a request for help or a score is about, the same everywhere."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LifeDomain(TextChoices):
    """A field of life, in the order in which lists and paper show them; no domain is a condition for another."""

    INCOME = "income", _("Inkomen")
    DEBT = "debt", _("Schulden")
    HOUSING = "housing", _("Wonen")
    HEALTH = "health", _("Gezondheid")
    WORK = "work", _("Werk")
    EDUCATION = "education", _("Opleiding")
    CHILDREN = "children", _("Kinderen")
    YOUTH = "youth", _("Jongeren")
    LEISURE = "leisure", _("Vrije tijd")
    CULTURE = "culture", _("Cultuur")
    SPORT = "sport", _("Sport")
    NETWORK = "network", _("Mensen rondom mij")
    ADMINISTRATION = "administration", _("Papieren")
    MOBILITY = "mobility", _("Vervoer")
    LEGAL = "legal", _("Recht")

    @property
    def pictogram(self) -> str:
        """The file name, without extension, of the pictogram that stands for this domain on screen and on paper."""
        return f"domain-{self.value}"
