"""What the demo's people said that tickets are about, so that something was learnt from it."""

from datetime import datetime, timedelta

from tugon.accounts.models import Team
from tugon.events.actors import SYSTEM
from tugon.events.reactions import without
from tugon.lib.clock import standing_at
from tugon.tickets.models import Status, Ticket
from tugon.understanding.models import Classifier, Topic
from tugon.understanding.operations import correct, learn

from .house import House
from .scenes import LATER

TAGS = {
    "payment": "billing payout refund price gcash double-charge cancel bank invoice tax tiers merch student",
    "account": "sign-in account profiles sso otp verification security name mail seats limits",
    "technical": "playback app audio tv network live upload processing streaming outage call downloads chat",
    "content": "catalogue subtitles playlists region tickets onboarding",
    "safety": "safety scam privacy impersonation wellbeing moderation legal minor spam export deletion rights",
}
"""Topic → tags that colleagues put on tickets about it."""
TEAMS = {"payment": "Billing", "safety": "Trust and safety"}


def label_tickets(house: House, *, today: datetime) -> int:
    """Topics of solved tickets, as whoever solved them saw it; then learn from them. Returns how many."""
    topics = {row.key: row for row in Topic.objects.all()}
    by_name = {row.name: row for row in Team.objects.all()}
    for key, name in TEAMS.items():
        if name in by_name:
            Topic.objects.filter(key=key).update(team=by_name[name])
    of_tag = {tag: topics[key] for key, tags in TAGS.items() for tag in tags.split() if key in topics}
    rows = Ticket.objects.filter(status__in=[Status.SOLVED, Status.CLOSED], merged_into=None, is_spam=False)
    labelled = 0
    with without(*LATER), standing_at(today - timedelta(hours=2)):
        for ticket in rows.select_related("assignee").order_by("pk"):
            topic = next((of_tag[tag] for tag in ticket.tags if tag in of_tag), None)
            if topic is not None:
                by = ticket.assignee.actor if ticket.assignee else house.administrator.actor
                if not ticket.assignee or ticket.assignee.may("ticket.edit"):
                    correct(ticket, by=by, aspect="topic", value=topic.pk)
                    labelled += 1
        learn(Classifier.Kind.TOPIC, by=SYSTEM)
    return labelled
