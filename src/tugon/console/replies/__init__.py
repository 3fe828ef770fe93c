"""Reply templates in the console: choosing one while writing, and the pages where they are written and measured."""
