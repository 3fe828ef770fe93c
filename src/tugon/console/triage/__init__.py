"""What triage, promises and replies add to the ticket page: a module each, with its reads, value and template."""
