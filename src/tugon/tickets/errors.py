from django.utils.translation import gettext_lazy as _

from tugon.lib.errors import Conflict, Invalid, NotAllowed


class TicketNotVisible(NotAllowed):
    code = "ticket-not-visible"
    words = _(
        "This ticket belongs to another team. Ask a colleague there, or somebody who may see every team."
    )


class EmptyMessage(Invalid):
    code = "message-empty"
    words = _("The message is empty. Write something or attach a file, then send it again.")


class AssigneeOutsideTeam(Invalid):
    code = "assignee-outside-team"
    words = _(
        "{agent} is not in the team {team}. Move the ticket to one of {agent}'s teams first, or choose someone else."
    )


class AgentNotActive(Invalid):
    code = "agent-not-active"
    words = _("{agent} can no longer sign in. Choose someone else.")


class NewerMessage(Conflict):
    code = "newer-message"
    words = _(
        "{name} wrote while you were writing. Your reply was not sent and is kept as a draft."
        " Read the new message, then send it or change it."
    )


class TooLateToWithdraw(Conflict):
    code = "too-late-to-withdraw"
    words = _("The reply has already left and cannot be taken back.")


class TicketIsMerged(Conflict):
    code = "ticket-is-merged"
    words = _("This ticket was merged into #{number}. Continue there.")


class SnoozeInThePast(Invalid):
    code = "snooze-in-the-past"
    words = _("The moment to come back to this ticket lies in the past. Choose a later one.")


class CannotMerge(Invalid):
    code = "cannot-merge"
    words = _("These tickets cannot be merged: {reason}")


class CannotUndo(Conflict):
    code = "cannot-undo"
    words = _("This can no longer be undone: {reason}")


class RequiredToSolve(Invalid):
    code = "required-to-solve"
    words = _("Before this ticket can be solved, fill in: {fields}.")


class UnknownField(Invalid):
    code = "unknown-field"
    words = _("There is no field named {key}.")


class FieldValueInvalid(Invalid):
    code = "field-value-invalid"
    words = _("“{value}” cannot be used for {field}: {reason}")


class TicketIsDone(Conflict):
    code = "ticket-is-done"
    words = _("This ticket is solved. Open it again first.")


class ChildrenOpen(Conflict):
    code = "children-open"
    words = _(
        "{number} tickets below this one are not solved yet: {tickets}. Solve them first, or solve this one anyway."
    )


class StateArchived(Invalid):
    code = "state-archived"
    words = _("The state {state} is no longer in use. Choose another one.")


class StateInUse(Conflict):
    code = "state-is-default"
    words = _("{state} is what tickets get when only the status is chosen. Make another state that first.")


class NameMissing(Invalid):
    code = "ticket-name-missing"
    words = _("Write a name.")


class TeamArchived(Invalid):
    code = "team-archived"
    words = _("The team {team} is no longer in use. Choose another one.")


class CannotSplit(Invalid):
    code = "cannot-split"
    words = _("This message cannot become a ticket of its own: {reason}")


class CannotLink(Invalid):
    code = "cannot-link"
    words = _("These tickets cannot be linked: {reason}")


class WordsNotFound(Invalid):
    code = "words-not-found"
    words = _(
        "These words are not in the message. Copy them exactly as they stand there. Nothing was removed."
    )


class ParticipantInvalid(Invalid):
    code = "participant-invalid"
    words = _("{address} cannot be in copy: {reason}")


class BulkInvalid(Invalid):
    code = "bulk-invalid"
    words = _("Nothing was changed: {reason}")


class OrderUnknown(Invalid):
    code = "order-unknown"
    words = _("Lists cannot be ordered by {order}.")


class ColumnUnknown(Invalid):
    code = "column-unknown"
    words = _("Rows of a list cannot show {column}.")


class CursorInvalid(Invalid):
    code = "cursor-invalid"
    words = _("This page of the list does not exist any more. Start again from the top.")


class ConditionInvalid(Invalid):
    code = "condition-invalid"
    words = _("This condition cannot be used: {reason}")
