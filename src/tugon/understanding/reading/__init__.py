"""Pure readers: words in, what they say out. No database, no model, milliseconds."""
