"""Triggers, automations, mail filters and macros: match → plan → apply. Rules decide; they never send."""
