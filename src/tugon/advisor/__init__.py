"""Which way to reach us suits a problem, and what each way promises and keeps.

A `Route` is a way that leads to an answer: an article, a troubleshooter, the form, e-mail, chat, phone, the billing
directory. Asked what it is about, how urgent it is and how involved, `advise` recommends one and says why; the rules
are rows. `Measure` holds what each channel achieved in the last thirty days, computed from events. Records nothing.
"""
