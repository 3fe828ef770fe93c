"""The help center as readers see it: chapters, articles, search, feeds, and what makes their pages quick."""
