"""Days of the stories as moments on the clock of the town, never later than now."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.utils import timezone

from nabij.demo import workdays
from nabij.demo.dice import steady


class Clock(NamedTuple):
    """The moment at which the demo is built; all days of the stories are counted from here."""

    now: datetime

    @property
    def today(self) -> date:
        """Return the day of the build."""
        return timezone.localtime(self.now).date()

    def past(self, day: date, at: time = time(9)) -> datetime:
        """Return a moment on a day, or now where that would still have to come."""
        return min(moment(day, at), self.now)

    def hour_of(self, key: str, day: date) -> datetime:
        """Return a moment in office hours that belongs to this key."""
        return self.past(day, time(9 + steady(key, 7), 5 * steady(f"{key} minutes", 12)))

    def next_workday(self, day: date) -> date:
        """Return the first working day after a day."""
        return workdays.after(day + timedelta(days=1))


def moment(day: date, at: time) -> datetime:
    """Return a moment in the time of the town."""
    return timezone.make_aware(datetime.combine(day, at))
