"""What triage, promises and replies add to the ticket page: each a module with its reads, its value and its template."""
