"""The permissions that roles are made of. A role is a row; this list is what the rows may name."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PERMISSIONS: dict[str, str | Promise] = {
    "ticket.view": _("See the tickets of one's teams and one's own"),
    "ticket.view_all": _("See the tickets of every team"),
    "ticket.reply": _("Answer customers"),
    "ticket.note": _("Write internal notes"),
    "ticket.edit": _("Change state, priority, team, assignee, tags and fields"),
    "ticket.merge": _("Merge, split and link tickets"),
    "ticket.bulk": _("Change many tickets at once"),
    "ticket.escalate": _("Raise tickets to a higher level, and lower them again"),
    "ticket.redact": _("Remove words or files from a message for good"),
    "ticket.delete": _("Delete tickets and mark them as spam"),
    "customer.view": _("See customers and their history"),
    "customer.edit": _("Change customers and organisations"),
    "customer.merge": _("Merge customers and undo it"),
    "view.share": _("Share views with a team or everyone"),
    "article.write": _("Write and change articles of the help center"),
    "article.publish": _("Publish, review and archive articles"),
    "fact.edit": _("Change the facts that texts refer to"),
    "troubleshooter.edit": _("Draw and publish troubleshooters"),
    "template.write": _("Write and change reply templates"),
    "template.publish": _("Review and publish reply templates"),
    "rule.edit": _("Write, try out and publish rules and macros"),
    "promise.edit": _("Change opening hours, promises and escalation levels"),
    "routing.edit": _("Change who gets which tickets: capacity, skills, availability of others"),
    "understanding.edit": _("Keep topics, areas and the priority matrix, and train on corrections"),
    "coach.edit": _("Choose what the reply coach checks, and its word lists"),
    "billing.edit": _("Keep the billing directory"),
    "admin.people": _("Invite agents, change teams and roles"),
    "admin.channels": _("Set up mailboxes, forms and other channels"),
    "admin.settings": _("Change the company's settings, fields and states"),
    "admin.helpcenter": _("Arrange categories, sections, synonyms, routes and notices"),
    "admin.intake": _("Read, retry and release quarantined messages"),
    "admin.audit": _("Read the audit log"),
}

EVERYTHING = tuple(PERMISSIONS)
LEAD = tuple(
    name
    for name in PERMISSIONS
    if not name.startswith("admin.") or name in ("admin.intake", "admin.helpcenter")
)
AGENT = (
    "ticket.view",
    "ticket.view_all",
    "ticket.reply",
    "ticket.note",
    "ticket.edit",
    "ticket.merge",
    "ticket.bulk",
    "ticket.escalate",
    "customer.view",
    "customer.edit",
    "article.write",
    "template.write",
)
COLLABORATOR = ("ticket.view", "ticket.note", "customer.view")

STARTING_ROLES: dict[str, tuple[str, ...]] = {
    "Administrator": EVERYTHING,
    "Lead": LEAD,
    "Agent": AGENT,
    "Collaborator": COLLABORATOR,
}
"""The roles a new installation starts with; a company edits, adds and removes them."""
