"""The page on which the company sees how well its tickets are understood, and lets it be learnt anew."""
