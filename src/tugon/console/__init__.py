"""Where agents work: queues, lists, the ticket, its customer, search. Dense, fast, calm, live, by keyboard.

Views are four beats: find, read the form, one operation, render. What changes elsewhere arrives as a topic name, and
the page fetches the named part again.
"""
