"""The table of priorities: cells, threats, the words that tell of them, who raises; with a live example."""
