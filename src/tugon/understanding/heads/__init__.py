"""Two small linear models over sentence vectors: how urgent a message is, and how its writer feels.

Trained by `python -m tugon.understanding.heads.training` on the sentences of `seeds`, which were written for it.
"""
