"""The kinds of directory that municipalities have."""

from django.utils.translation import gettext_lazy as _

KINDS = [
    ("acm", _("ACM/IDM van de Vlaamse overheid")),
    ("entra", _("Entra ID van Microsoft")),
    ("other", _("een andere aanmelddienst (OpenID Connect)")),
]
