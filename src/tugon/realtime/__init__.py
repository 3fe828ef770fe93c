"""Who should look again: topic names from the database to open screens, and who is looking at what.

It carries names, never content: `publish("ticket:1042")` reaches every web process by NOTIFY when the transaction
commits, and each open screen that may see the topic is told its name and fetches its fragment again. So permission is
checked on every read, and a lost push costs nothing: after any gap a screen is told `resync` and fetches everything.

Invariants: a rolled-back transaction tells nothing; nobody subscribes to a kind that no package has registered; a
slow reader never makes the process grow.
"""
