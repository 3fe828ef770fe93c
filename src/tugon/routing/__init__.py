"""Who should get a ticket: availability, capacity, skills and languages."""
