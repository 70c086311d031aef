"""Working days: nobody of the house has appointments or contacts on a Saturday or Sunday."""

from datetime import date, timedelta


def before(day: date, earliest: date) -> date:
    """Return a day, or the Friday before a weekend; the day itself where that Friday would be too early."""
    late = day.weekday() - 4
    if late <= 0:
        return day
    friday = day - timedelta(days=late)
    return friday if friday >= earliest else day


def after(day: date) -> date:
    """Return a day, or the Monday after a weekend."""
    return day + timedelta(days=7 - day.weekday()) if day.weekday() > 4 else day
