"""The steps by which a letter becomes a ticket. Each takes values and returns a verdict; none asks the database.

In order: own mail and loops (`own`), who wrote (`people`), the sender rules and blocked people (`senders`), which
ticket it belongs to (`threading`), machines (`machines`), spam (`spam`), what it says (`content`, `answers`).
`intake.letters` looks up what they need and does what they say.
"""
