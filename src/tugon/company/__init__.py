"""What the company decides for the whole installation: its name, colours, languages, limits and habits.

One row per decided key; a key nobody decided has the default of its definition in `keys.py`. Every package above reads
with `settings.get("undo_seconds")`; the only writer is `operations.decide`, which records `CompanySettingChanged`.
"""
