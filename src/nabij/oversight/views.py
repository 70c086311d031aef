"""Pages of who looked: the household's list, and what a privacy officer sees and notes."""

from collections import Counter
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nabij.access import queries as who
from nabij.access.pages import keep
from nabij.access.permissions import review_trail
from nabij.access.requests import ActedRequest
from nabij.audit import queries as audit
from nabij.households.pages import entered
from nabij.kernel.refusals import BadInput, NotOpen
from nabij.oversight import actions, permissions, policies, queries
from nabij.oversight.forms import ALL, DONE, FollowUpForm, ListForm, Period, Street
from nabij.oversight.paper.content import LooksPaper, by_day, looks_pdf
from nabij.oversight.rules import Days, Finding, Key, Rule, reference_of
from nabij.oversight.words import as_what, page_for_colleagues
from nabij.signin.stepup import stepped_up
from nabij.ui.pages import page, sheet
from nabij.ui.templatetags.nabij_text import full

SHOWN = 60
BEGINNING = date(2000, 1, 1)
IN_SEVERAL = "-"
FINAL = ("explained", "not_in_order")


def unusual(request: ActedRequest) -> HttpResponse:
    """Show what is unusual in a period, each with its reason; the counts open what they count."""
    by = request.actor
    review_trail(by)
    form = Period.asked(request.GET, request.today)
    days = form.days(request.today)
    try:
        policies.in_order(days)
    except BadInput as refusal:
        form.add_error(refusal.field, str(refusal))
        days = Days.until(request.today)
    found = queries.unusual(days, by=by, seen_as=_("overzicht, %(days)s") % {"days": _said(days)})
    steps = queries.follow_ups(days, by=by)
    rows = [(one, steps.get(one.key, [])) for one in found if _asked_for(form, one, steps.get(one.key, []))]
    seen = queries.reviews(days, by=by)
    return page(
        request,
        "oversight/unusual.html",
        form=form,
        days=days,
        counts=_counts(found, days),
        rows=rows[:SHOWN],
        more=max(0, len(rows) - SHOWN),
        rule=form.cleaned_data.get("rule") or "",
        check=next(iter(audit.checks(by=by, limit=1)), None),
        night=timezone.now() - timedelta(hours=26),
        reviews=_named(seen, by),
        needs=queries.emergencies_to_review(by=by),
    )


def finding(request: ActedRequest, rule: str, worker: UUID, day: str, reference: str) -> HttpResponse:
    """Show the looks behind one line, and what came of it; sent, note a step."""
    by = request.actor
    review_trail(by)
    key = _key(rule, worker, day, reference)
    seen_as = _("%(what)s, %(name)s, %(day)s") % {
        "what": Rule(key.rule).label, "name": who.names_of([worker], by=by).get(worker, "?"), "day": full(key.day),
    }  # fmt: skip
    found = queries.finding(key, by=by, seen_as=seen_as)
    if found is None:
        raise NotOpen(_("Dit staat niet bij het ongewone kijken. Kijk in het overzicht wat er wel staat."))
    steps = queries.follow_ups(Days(key.day, key.day), by=by).get(key, [])
    form = FollowUpForm(request.POST if request.method == "POST" else None)
    form.sent_by = by.id
    if form.is_valid() and keep(
        request, form, actions.follow_up, finding=found, said=_("Genoteerd."),
        already=lambda: any(step.id == form.cleaned_data["key"] for step in steps), **form.cleaned_data,
    ):  # fmt: skip
        return redirect(request.path)
    names = who.names_of([step.noted_by for step in steps], by=by)
    looks = queries.looks_behind(found, by=by)
    return page(
        request,
        "oversight/finding.html",
        form,
        found=found,
        looks=[(look, as_what(look.ground), page_for_colleagues(look.purpose)) for look in looks],
        steps=[(step, names.get(step.noted_by, "")) for step in steps],
        why_not=policies.somebody_else.why(by, worker),
    )


def checks(request: ActedRequest) -> HttpResponse:
    """Show what the nightly checks of the trail found."""
    review_trail(request.actor)
    found = audit.checks(by=request.actor)
    return page(request, "oversight/checks.html", checks=found, night=timezone.now() - timedelta(hours=26))


def streets(request: ActedRequest) -> HttpResponse:
    """List the colleagues, with the street that is noted of each."""
    by = request.actor
    review_trail(by)
    known = queries.streets(by=by)
    rows = [(colleague, known.get(colleague.id)) for colleague in queries.colleagues(by=by)]
    return page(request, "oversight/streets.html", rows=rows)


def street(request: ActedRequest, worker: UUID) -> HttpResponse:
    """Show the street that is noted of oneself, or to a privacy officer of somebody; sent, note another."""
    by = request.actor
    permissions.note_street(by, worker)
    colleague = who.worker(worker, by=by)
    if colleague is None:
        raise NotOpen(_("Deze medewerker is hier niet gekend."))
    now = queries.streets(by=by).get(worker)
    initial = {"street": now.street, "postcode": now.postcode} if now else {}
    form = Street(request.POST if request.method == "POST" else None, initial=initial)
    own = worker == by.id
    if form.is_valid() and keep(
        request, form, actions.note_street, worker=worker, said=_("Bewaard."), **form.cleaned_data
    ):
        return redirect("desk:my-day") if own else redirect("oversight:streets")
    return page(request, "oversight/street.html", form, colleague=colleague, own=own)


@stepped_up
def give_list(request: ActedRequest, key: UUID) -> HttpResponse:
    """Ask how the household's list goes on paper; sent, answer the PDF and note that it was made."""
    home = entered(request, key, "lijst van wie keek")
    form = ListForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        asked = form.asked()
        since = asked["since"] or BEGINNING
        made = looks_pdf(_paper(request, home, since, language=asked["language"], large_type=asked["large_type"]))
        actions.give_list(by=request.actor, household=key, language=asked["language"], since=since, today=request.today)
        return sheet(made, f"wie-keek-{request.today.isoformat()}")
    return page(request, "oversight/list.html", form, home=home)


def _paper(request: ActedRequest, home: Any, since: date, **how: Any) -> LooksPaper:
    by, today = request.actor, request.today
    looks = queries.who_looked(home.id, by=by, since=since)
    charge = who.in_charge([home.id], by=by, on=today)[home.id]
    first = min((timezone.localdate(look.at) for look in looks), default=today)
    return LooksPaper(
        household_name=home.name,
        reference=reference_of(home.id),
        municipality=request.user.municipality.name,  # type: ignore[union-attr]
        centre_name=charge.team.centre.name if charge.team and charge.team.centre else "",
        printed_on=today,
        since=max(since, first),
        days=by_day(looks[: queries.MOST]),
        is_all=len(looks) <= queries.MOST,
        in_need=queries.emergencies_on_list(home.id, by=by, since=since),
        officers=[(officer.name, officer.email) for officer in who.privacy_officers(by=by, on=today)],
        **how,
    )


def _key(rule: str, worker: UUID, day: str, reference: str) -> Key:
    try:
        return Key(Rule(rule).value, worker, date.fromisoformat(day), "" if reference == IN_SEVERAL else reference)
    except ValueError:
        raise NotOpen(_("Dit staat niet bij het ongewone kijken. Kijk in het overzicht wat er wel staat.")) from None


def _asked_for(form: Period, one: Finding, steps: list[Any]) -> bool:
    rule, state = form.cleaned_data.get("rule"), form.cleaned_data.get("state")
    finished = bool(steps) and steps[-1].outcome in FINAL
    return rule in (ALL, None, one.key.rule) and (state in (ALL, None) or finished == (state == DONE))


def _counts(found: list[Finding], days: Days) -> list[tuple[Rule, int, str]]:
    """Return each rule with how often it found something, and the address at which that is listed."""
    many = Counter(one.rule for one in found)
    asked = {"since": days.first.isoformat(), "until": days.last.isoformat()}
    return [
        (rule, many[rule], f"{reverse('oversight:unusual')}?{urlencode(asked | {'rule': rule.value})}") for rule in Rule
    ]


def _named(seen: list[queries.Review], by: Any) -> list[tuple[queries.Review, str]]:
    names = who.names_of([review.worker_id for review in seen], by=by)
    return [(review, names.get(review.worker_id, "?")) for review in seen]


def _said(days: Days) -> str:
    return f"{full(days.first)} – {full(days.last)}"
