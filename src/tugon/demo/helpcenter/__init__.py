"""The help center of Sining: its articles as files, and how they come into being with a year of history."""
