"""What the clock does with files nobody took."""

from datetime import timedelta

from tugon.lib.clock import now

from .models import Upload


def sweep_uploads(older_than: timedelta = timedelta(days=2)) -> int:
    """Forget uploads that no message took in time. The bytes stay while anything else holds them. Returns how many."""
    count, _by_model = Upload.objects.filter(created_at__lt=now() - older_than).delete()
    return count
