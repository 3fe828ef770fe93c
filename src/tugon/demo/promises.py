"""What Sining promises beyond the rest: to whoever is in urgent trouble, to studios; and its closed days."""

from datetime import date

from tugon.customers.models import Audience
from tugon.lib.clock import now
from tugon.sla import promises
from tugon.sla.holidays import of_year
from tugon.sla.models import Calendar, Policy

FEED = "sining-demo-opening-days"


def furnish_promises() -> None:
    """The calendar's own days, and two policies before the default one."""
    calendar = Calendar.objects.get(policies__is_default=True)
    year = now().year
    calendar.country = "PH"
    # People watch most when everybody else is free: only five holidays of the year are closed.
    calendar.left_out = [day.isoformat() for day in _worked(year)]
    calendar.exceptions = {
        f"{one}-12-24": {"shifts": [["08:00", "16:00"]], "name": "Christmas Eve"} for one in (year, year + 1)
    }
    calendar.feed_key = FEED
    calendar.save()
    studios = Audience.objects.filter(key="studios").first()
    if studios is not None:
        Policy.objects.create(
            name="Studios",
            calendar=calendar,
            position=2,
            first_response="3 business hours",
            next_response="4 business hours",
            resolution="2 business days",
            conditions={"version": 1, "all": [{"field": "audience", "is": "in", "value": [studios.pk]}]},
        )
    Policy.objects.create(
        name="Urgent",
        calendar=calendar,
        position=1,
        first_response="1 hour",
        next_response="2 business hours",
        resolution="1 business day",
        conditions={"version": 1, "all": [{"field": "priority", "is": "at_least", "value": 4}]},
    )
    promises.forget()


def _worked(year: int) -> list[date]:
    closed = {"New Year's Day", "Maundy Thursday", "Good Friday", "All Saints' Day", "Christmas Day"}
    return [day for one in (year, year + 1) for day, names in of_year("PH", "", one).items()
            if names["en"] not in closed]  # fmt: skip
