"""The body of an article: HTML of a small fixed vocabulary, in one canonical form.

`clean` takes whatever was typed, pasted or imported and returns that form; cleaning it again changes nothing. All else
here reads it: as a tree, as plain text, as the links and pictures in it.
"""

from .cleaning import LONGEST, Cleaned, clean, cleaned
from .reading import files, links, text
from .tree import Node, parse, to_html

__all__ = ["LONGEST", "Cleaned", "Node", "clean", "cleaned", "files", "links", "parse", "text", "to_html"]
