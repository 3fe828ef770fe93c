"""Guided questions that end in a solution, or in a ticket that carries every step already tried.

A troubleshooter is drawn as a small graph (`graph`): questions, checks, actions, conditions on what is known of the
device or account, and ends. The draft is always kept, however broken; what is published has been proved (`proving`):
every step can be reached, an end can be reached from every step for everybody, every text is there. A published version
is never changed: a walk goes on in the version it began with. Walking (`walking`), editing (`editing`) and drawing
(`layout`) are pure.

Records TroubleshooterCreated, TroubleshooterChanged, TroubleshooterPublished, TroubleshooterUnpublished,
TroubleshooterArchived, TroubleshooterRestored, WalkFinished, WalkJoinedTicket.
"""
