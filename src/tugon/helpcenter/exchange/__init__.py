"""All articles as a folder of Markdown files, and back: to keep, to move, to write elsewhere.

`<key>.<language>.md` holds one article in one language: a head of `name: value` lines between two lines of `---`, then
the text. Pictures stand beside them in `files/<key>/`. A bad file is told by its line; the others are imported.
"""

from .bringing import Problem, Result, import_folder
from .sheets import BadSheet, Sheet, read, write
from .taking import export_folder

__all__ = ["BadSheet", "Problem", "Result", "Sheet", "export_folder", "import_folder", "read", "write"]
