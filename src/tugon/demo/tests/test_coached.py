"""What the demo shows of the reply coach."""

from tugon.coaching.models import CoachResult, WordList
from tugon.console.triage.coach import coached
from tugon.demo.coached import coach_drafts
from tugon.tickets.models import Draft
from tugon.tickets.operations import NewMessage, reply


def test_a_draft_waits_with_remarks_and_past_answers_carry_theirs(write_in, ticket, ben):
    answered = write_in("Refund")
    reply(answered, NewMessage(body="Done."), by=ben.actor, undo_seconds=0)
    ticket.__class__.objects.filter(pk=ticket.pk).update(language="en")
    coach_drafts([ben])
    coach_drafts([ben])
    draft = Draft.objects.get()
    found = {one.check.key for one in coached(draft.ticket, ben, draft.html).remarks}
    assert {"missing_greeting", "as_i_said", "jargon", "steps_not_listed"} <= found
    assert CoachResult.objects.count() == 1
    assert WordList.objects.get().words
