"""Backup and restore of everything into and out of one file.

The file is a tar archive: `database.dump` (pg_dump's custom format), `files/…`, `secret-key`, and last
`manifest.json` with the SHA-256 and size of each part and the rows of each table. A file without its manifest was not
finished. All parts belong to one moment: the dump and the counts share one snapshot, and stored files never change.
"""
