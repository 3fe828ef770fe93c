"""Files that people send: stored once by content, typed by content, handed out by expiring links.

A `StoredFile` is the bytes (addressed by SHA-256); who may read it follows from what it hangs on, so upper packages
register a policy for the kind of row that holds it.
"""
