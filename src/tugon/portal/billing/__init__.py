"""“Who charged me?”: a line of a statement leads to whoever printed it, and how to reach them."""
