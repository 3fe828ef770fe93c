"""Who charged me: payment processors, the words they print on statements, and how to reach them."""
