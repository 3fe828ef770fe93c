"""What a new Tugon promises: the first answer in a business day, the solution in three (C4)."""

from django.db import transaction

from .choosing import forget
from .models import Calendar, Policy

CALENDAR = "Monday to Friday, 9 to 17"
POLICY = "Everything else"


@transaction.atomic
def create_starting_rows() -> None:
    """Make the default calendar and policy if there are no policies. A repeat does nothing."""
    if Policy.objects.exists():
        return
    calendar, _made = Calendar.objects.get_or_create(name=CALENDAR)
    Policy.objects.create(name=POLICY, calendar=calendar, is_default=True)
    forget()
