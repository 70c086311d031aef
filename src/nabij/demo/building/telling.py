"""Puts what happens in a household in the order of its days, and lets it happen."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial

from nabij.demo.building import changes
from nabij.demo.building.file import File
from nabij.demo.shapes import DemoScore

Act = tuple[date, int, Callable[[], None]]
# What of one day comes first.
COMES, WRITTEN, PLANNED, DONE, SAID, AGREED, REACHED, CHANGES, LEAVES = range(9)
RANKS = {"returned": COMES, "child_born": COMES, "partner_moves_in": COMES, "ended": LEAVES}
WEEK = timedelta(days=7)


def tell(file: File) -> None:
    """Make a household from its arrival until today."""
    file.arrive()
    if file.told.lead:
        file.take_up()
    _go_through(file, [*_acts(file), *(_plan(file) if file.told.lead else [])])


def go_on(file: File, since: date) -> None:
    """Go on with a household that was brought over on a day."""
    agreement = file.told.agreement
    acts = list(_acts(file))
    if agreement and agreement.on > since and file.lead:
        acts.append((agreement.on, AGREED, partial(file.agree, agreement.on, agreement.state, agreement.reason)))
    _go_through(file, acts)


def _go_through(file: File, acts: list[Act]) -> None:
    for _, _, act in sorted(acts, key=lambda act: act[:2]):
        act()
    if changes.last_day(file) == file.house.today:
        _what_comes(file)


def _what_comes(file: File) -> None:
    review = file.told.review_on
    if file.lead and file.told.goals and review and review >= file.house.today:
        file.review(review)
    for wanted in file.told.appointments:
        file.book(wanted)


def _acts(file: File) -> Iterator[Act]:
    told = file.told
    for event in told.events:
        yield event.on, RANKS.get(event.kind, CHANGES), partial(changes.happen, file, event)
    for request in told.requests:
        if request.on > file.came:
            yield request.on, WRITTEN, partial(file.ask, request)
    for note in told.notes:
        yield max(note.on, file.since), WRITTEN, partial(file.write, note)
    for contact in file.contacts:
        yield contact.on, WRITTEN, partial(file.meet, contact)


def _plan(file: File) -> Iterator[Act]:
    told, begins = file.told, plan_day(file)
    for scores in _by_member(told.scores):
        yield max(scores[0].on, file.came), SAID, partial(file.score, scores)
    if not told.goals:
        return
    yield begins, PLANNED, partial(file.plan, begins)
    for nth, goal in enumerate(told.goals):
        for place, step in enumerate(goal.steps):
            if step.done:
                on = min(max(step.done, begins), changes.last_day(file))
                yield on, DONE, partial(file.finish, nth, place, step, on)
    if agreement := told.agreement:
        yield agreement.on, AGREED, partial(file.agree, agreement.on, agreement.state, agreement.reason)
    yield from _reached(file, begins)


def _reached(file: File, begins: date) -> Iterator[Act]:
    """Goals whose steps are all done are reached a week later; the household agrees again on what stays."""
    goals, agreement = file.told.goals, file.told.agreement
    still = [goal for goal in goals if not all(step.done for step in goal.steps)]
    if not still or any(event.kind in ("ended", "returned") for event in file.told.events):
        return
    for nth, goal in enumerate(goals):
        days = [step.done for step in goal.steps if step.done]
        if len(days) < len(goal.steps):
            continue
        on = max([begins, *days, *([agreement.on] if agreement else [])]) + WEEK
        if on < file.house.today:
            yield on, REACHED, partial(file.reach, nth, on)
            if agreement and agreement.state == "agreed":
                yield on, REACHED, partial(file.agree, on, "agreed", "")


def plan_day(file: File) -> date:
    """Return when the plan is written: about a week after the arrival, before anything of it is done or agreed."""
    told = file.told
    done = [step.done for goal in told.goals for step in goal.steps if step.done]
    earliest = min([file.came + WEEK, file.house.today, *done, *([told.agreement.on] if told.agreement else [])])
    return max(file.came, earliest)


def _by_member(scores: tuple[DemoScore, ...]) -> Iterator[list[DemoScore]]:
    """Yield the scores of one member at a time; who comes later does not say it again."""
    found: dict[str, list[DemoScore]] = defaultdict(list)
    said: set[str] = set()
    for score in scores:
        if score.domain not in said:
            said.add(score.domain)
            found[score.member].append(score)
    yield from found.values()
