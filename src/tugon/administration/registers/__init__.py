"""All registers by their key in the address."""

from .advisor import ADVICE, ROUTES
from .customers import AUDIENCES, FIELDS, ORGANISATIONS, PLANS
from .escalation import DEPARTMENTS
from .forms import FORMS
from .rows import Register
from .senders import SENDERS
from .teams import TEAMS
from .tickets import STATES, TAGS, VIEWS
from .understanding import AREAS, TOPICS

REGISTERS: dict[str, Register] = {
    one.key: one
    for one in (
        TEAMS,
        FORMS,
        SENDERS,
        STATES,
        FIELDS,
        TAGS,
        VIEWS,
        AUDIENCES,
        PLANS,
        ORGANISATIONS,
        TOPICS,
        AREAS,
        ROUTES,
        ADVICE,
        DEPARTMENTS,
    )
}
