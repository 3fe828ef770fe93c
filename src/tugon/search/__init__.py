"""Finding across everything, with permission applied: tickets by their words, people, numbers and files.

Reads everything and is imported only by the surfaces. The index follows the facts: one row of words per ticket and per
customer. Searching walks tickets from the newest backwards in windows, so that the cost of a page depends on the page
and not on how many tickets there are (docs/adr/0003-search-walks-backwards.md).
"""
