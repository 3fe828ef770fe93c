"""Rules: what Tugon does by itself. Triggers on a fact, automations on time, mail filters before a ticket exists,
macros.

One condition language (`tickets.conditions`, with the fields of `context`), typed actions (`actions`), each of which
calls one operation of a lower package. Match → plan → apply: the plan is pure and is what a dry run shows.

Invariants: a version that was published never changes; a rule acts at most once on one chain of causes and ticket; what
a rule did says so (`Actor` of kind rule, `Firing`); a rule that cannot be read is left out and switched off with its
reason, and tickets flow. Records RulePublished, RuleSwitched, AgentsAlerted …
"""
