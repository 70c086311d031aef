"""`nabij user …`: accounts at the command line, so that somebody can begin."""

import sys

import click

from nabij.config.commands import on_nabij
from nabij.config.words import _
from nabij.kernel.refusals import BadInput

STDIN = click.option("--password-stdin", is_flag=True, help=_("Lees het wachtwoord van de standaardinvoer."))


@click.group()
def user() -> None:
    """Accounts van medewerkers."""


@user.command()
@click.option("--municipality", required=True, help=_("De korte naam van de gemeente."))
@click.option("--name", required=True)
@click.option("--email", required=True)
@click.option("--function", required=True, help=_("De functie, zoals administrator of “maatschappelijk werker”."))
@click.option("--team", default="", help=_("De naam van het team."))
@click.option("--centre", default="", help=_("De naam van het centrum."))
@STDIN
@on_nabij
def create(
    municipality: str, name: str, email: str, function: str, team: str, centre: str, password_stdin: bool
) -> None:
    """Iemand een account en een functie geven, vanaf vandaag."""
    from nabij.access import passwords
    from nabij.access.models import User
    from nabij.config import loading, operating

    operating.municipality(municipality)  # say what is wrong before anybody types a password
    loading.function_slug(function)
    email = _checked(email)
    password = _password(password_stdin)
    with operating.operating(municipality) as by:
        passwords.check_password(password, user=User(name=name, email=email, municipality_id=by.municipality_id))
        made = loading.engage(
            by=by,
            name=name.strip(),
            email=email,
            function=function,
            team=loading.team_of(team, by=by),
            centre=loading.centre_of(centre, by=by),
            password=password,
        )
    click.echo(_("{name} kan aanmelden met {email}.").format(name=made.name, email=made.email))


@user.command()
@click.option("--municipality", required=True, help=_("De korte naam van de gemeente."))
@click.option("--email", required=True)
@STDIN
@on_nabij
def password(municipality: str, email: str, password_stdin: bool) -> None:
    """Een medewerker een (nieuw) wachtwoord geven."""
    from nabij.access import passwords
    from nabij.config import operating

    operating.municipality(municipality)
    typed = _password(password_stdin)
    with operating.operating(municipality) as by:
        changed = passwords.set_password(by=by, email=email, password=typed)
    click.echo(_("{name} heeft een nieuw wachtwoord.").format(name=changed.name))


@user.command()
@click.option("--municipality", required=True, help=_("De korte naam van de gemeente."))
@click.option("--email", required=True)
@click.option("--address", default="", help=_("Waar Nabij te vinden is, zoals https://nabij.testegem.be."))
@on_nabij
def invite(municipality: str, email: str, address: str) -> None:
    """Een link maken waarmee een medewerker zelf een wachtwoord kiest, één keer."""
    from django.conf import settings
    from django.urls import reverse
    from django.utils import timezone

    from nabij.config import operating
    from nabij.signin import actions

    days = settings.NABIJ_INVITATION_DAYS
    with operating.operating(municipality) as by:
        worker = operating.worker(email, by=by)
        token = actions.invite(by=by, worker=worker.id, days=days, now=timezone.now())
    click.echo(
        _("Geef deze link aan {name} zelf; hij werkt één keer, {days} dagen lang:").format(name=worker.name, days=days)
    )
    click.echo(address.rstrip("/") + reverse("signin:invited", args=[token]))


@user.command("reset-factor")
@click.option("--municipality", required=True, help=_("De korte naam van de gemeente."))
@click.option("--email", required=True)
@on_nabij
def reset_factor(municipality: str, email: str) -> None:
    """De tweede stap wissen van wie hem kwijt is; elk toestel wordt afgemeld."""
    from nabij.config import operating
    from nabij.signin import actions

    with operating.operating(municipality) as by:
        worker = operating.worker(email, by=by)
        actions.reset_factors(by=by, worker=worker.id)
    click.echo(_("{name} stelt bij het aanmelden een nieuwe tweede stap in.").format(name=worker.name))


@user.command()
@click.option("--municipality", required=True, help=_("De korte naam van de gemeente."))
@click.option("--email", required=True)
@click.option("--open", "opens", is_flag=True, help=_("Het account opnieuw openen."))
@on_nabij
def close(municipality: str, email: str, opens: bool) -> None:
    """Het account sluiten van wie hier niet meer werkt; elk toestel wordt meteen afgemeld."""
    from django.utils import timezone

    from nabij.config import operating
    from nabij.signin import actions

    with operating.operating(municipality) as by:
        worker = operating.worker(email, by=by)
        if opens:
            actions.open_account(by=by, worker=worker.id)
        else:
            actions.close_account(by=by, worker=worker.id, now=timezone.now())
    said = _("Het account van {name} is weer open.") if opens else _("Het account van {name} is gesloten.")
    click.echo(said.format(name=worker.name))


def _password(from_stdin: bool) -> str:
    if from_stdin:
        typed = sys.stdin.readline().rstrip("\r\n")
        if not typed:
            raise BadInput(_("Er kwam geen wachtwoord binnen langs de standaardinvoer."))
        return typed
    if not sys.stdin.isatty():
        raise BadInput(_("Hier kan niemand een wachtwoord typen. Gebruik --password-stdin."))
    return str(click.prompt(_("Wachtwoord"), hide_input=True, confirmation_prompt=_("Nog eens")))


def _checked(email: str) -> str:
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    try:
        validate_email(email.strip())
    except ValidationError:
        raise BadInput(_("“{email}” is geen e-mailadres.").format(email=email)) from None
    return email.strip().lower()
