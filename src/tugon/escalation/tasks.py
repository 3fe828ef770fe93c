"""Jobs about escalation."""

from procrastinate.contrib.django import app


@app.task(name="escalation.sweep", queue="default", queueing_lock="escalation.sweep")
def sweep(timestamp: int) -> None:
    """Raise what calls for a level by now, call who is on call again, and take back what a department let lie."""
    from .clockwork import sweep as run

    run()


@app.task(name="escalation.send_page", queue="default", retry=5)
def send_page(call_id: int) -> None:
    """Mail one call, unless somebody has it by now."""
    from .letters import send_page as run
    from .models import PageCall

    call = (
        PageCall.objects.select_related("page__ticket", "page__level", "page__rota", "agent")
        .filter(pk=call_id, page__acknowledged_at=None)
        .first()
    )
    if call is not None:
        run(call)
