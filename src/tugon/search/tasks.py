"""Jobs of search."""

from tugon.search.knowledge.tasks import fill_vectors, group_searches, keep_index

__all__ = ["fill_vectors", "group_searches", "keep_index"]
