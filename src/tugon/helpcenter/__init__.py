"""What people can read to help themselves: categories, sections, articles in several languages, and who may see which.

An article is its place, its visibility and its owner; a translation is its words in one language; a version is those
words as they stood once, never changed after. Readers see a translation's published version, agents work on its draft.
Every read for readers goes through `readable_by`.
"""
