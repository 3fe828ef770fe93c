"""Finding what answers a question: articles, troubleshooters, later community answers.

`finding.find` for a search page, `suggesting.suggest` for a text that is being written. Exact codes and messages first,
then words (BM25F), slips of the finger, synonyms and meaning, added up; what the reader may not read is never found
(docs/reference/finding.md).
"""
