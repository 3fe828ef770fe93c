"""One module for each group of pages. A view finds, reads the form, calls one operation, renders."""
