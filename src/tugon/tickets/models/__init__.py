from .bulk import Batch, BatchChange
from .links import Merge, TicketLink
from .message import Attachment, Draft, Message, MessageKey
from .state import State, Status
from .ticket import Kind, Participant, Priority, Resolution, Severity, Tag, Ticket
from .view import View

__all__ = [
    "Attachment",
    "Batch",
    "BatchChange",
    "Draft",
    "Kind",
    "Merge",
    "Message",
    "MessageKey",
    "Participant",
    "Priority",
    "Resolution",
    "Severity",
    "State",
    "Status",
    "Tag",
    "Ticket",
    "TicketLink",
    "View",
]
