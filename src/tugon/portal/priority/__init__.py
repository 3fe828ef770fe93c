"""The published page of priorities: what we look at, what we make of it, what each priority promises."""
