"""Jobs about tickets."""

from procrastinate.contrib.django import app


@app.task(name="tickets.wake_snoozed", queue="default", queueing_lock="tickets.wake_snoozed")
def wake_snoozed(timestamp: int) -> None:
    """Open the tickets whose snooze is over."""
    from .clockwork import wake_due

    wake_due()


@app.task(name="tickets.close_solved", queue="default", queueing_lock="tickets.close_solved")
def close_solved(timestamp: int) -> None:
    """Close what stayed solved long enough."""
    from .clockwork import close_settled

    close_settled()


@app.task(
    name="tickets.remove_redacted_files", queue="default", queueing_lock="tickets.remove_redacted_files"
)
def remove_redacted_files(timestamp: int) -> None:
    """Delete bytes whose redaction was interrupted."""
    from .operations.redacting import remove_unheld_files

    remove_unheld_files()


@app.task(name="tickets.run_batch", queue="default", retry=3)
def run_batch(batch_id: int) -> None:
    """Go on with a bulk change, from where it stopped."""
    from .models import Batch
    from .operations import bulk

    batch = Batch.objects.select_related("agent").filter(pk=batch_id).first()
    if batch is not None:
        bulk.run(batch)
