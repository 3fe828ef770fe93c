"""When the company is open, and what it promises: calendars with their year, policies with their conditions."""
