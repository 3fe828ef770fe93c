"""Keeping the words up to date. Every statement rebuilds from the rows, so repeating one does no harm."""

from collections.abc import Sequence

from tugon.database.inserting import run

from .models import WINDOW

MOST_LETTERS = 60_000
"""Of one message; a tsvector holds 1 MB, and nobody looks for the tail of a log file."""

_PEOPLE = """
    coalesce(c.name, '') || ' ' || coalesce(c.username, '') || ' ' || coalesce((
        SELECT string_agg(p.value || ' ' || translate(p.value, '@._-+', '     '), ' ')
        FROM customers_contactpoint p WHERE p.customer_id = c.id), '')
"""

_TICKETS = f"""
INSERT INTO search_ticketentry (ticket_id, span, words)
SELECT t.id, t.id / {WINDOW},
    setweight(to_tsvector('tugon', t.id::text || ' ' || t.subject), 'A')
    || setweight(to_tsvector('tugon', {_PEOPLE}), 'B')
    || setweight(coalesce(m.words, ''::tsvector), 'C')
    || setweight(to_tsvector('tugon', coalesce(f.names, '')), 'D')
FROM tickets_ticket t
JOIN customers_customer c ON c.id = t.customer_id
LEFT JOIN LATERAL (
    SELECT to_tsvector('tugon', left(string_agg(left(body, {MOST_LETTERS}), E'\\n' ORDER BY id), 200000)) AS words
    FROM tickets_message WHERE ticket_id = t.id AND automatic <> 'acknowledgement'
) m ON true
LEFT JOIN LATERAL (
    SELECT string_agg(translate(a.name, '._-', '   '), ' ') AS names
    FROM tickets_attachment a JOIN tickets_message n ON n.id = a.message_id
    WHERE n.ticket_id = t.id AND a.redacted_at IS NULL
) f ON true
WHERE t.id = ANY(%s)
ON CONFLICT (ticket_id) DO UPDATE SET words = excluded.words
"""  # noqa: S608 - only our own constants are filled in

_CUSTOMERS = f"""
INSERT INTO search_personentry (customer_id, words)
SELECT c.id, to_tsvector('tugon_names', {_PEOPLE} || ' ' || coalesce(o.name, ''))
FROM customers_customer c LEFT JOIN customers_organisation o ON o.id = c.organisation_id
WHERE c.id = ANY(%s)
ON CONFLICT (customer_id) DO UPDATE SET words = excluded.words
"""  # noqa: S608 - only our own constants are filled in

_ADD_MESSAGE = f"""
UPDATE search_ticketentry e
SET words = e.words || setweight(to_tsvector('tugon', left(m.body, {MOST_LETTERS})), 'C')
    || setweight(to_tsvector('tugon', coalesce((
        SELECT string_agg(translate(a.name, '._-', '   '), ' ') FROM tickets_attachment a WHERE a.message_id = m.id
    ), '')), 'D')
FROM tickets_message m
WHERE m.id = %s AND e.ticket_id = m.ticket_id AND length(e.words) < 20000
"""  # noqa: S608


def index_tickets(ids: Sequence[int]) -> None:
    """Write the words of these tickets anew. One statement."""
    _run(_TICKETS, list(ids))


def add_message(message_id: int) -> None:
    """Add one message's words to its ticket's. One statement; the rest is not read again."""
    _run(_ADD_MESSAGE, message_id)


def index_customers(ids: Sequence[int]) -> None:
    """Write the names of these customers anew. One statement."""
    _run(_CUSTOMERS, list(ids))


def forget_customers(ids: Sequence[int]) -> None:
    """Take these customers out of the index: merged away or erased."""
    _run("DELETE FROM search_personentry WHERE customer_id = ANY(%s)", list(ids))


def _run(statement: str, value: int | list[int]) -> None:
    run(statement, [value])
