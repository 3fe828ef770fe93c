"""What a new installation begins with: word lists, rules, filters, automations and macros, in English and Filipino.

Teams are named, not numbered: where a company has no team of that name, the move is passed over and the rest is done.
"""
