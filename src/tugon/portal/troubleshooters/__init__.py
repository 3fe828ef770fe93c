"""Walking a troubleshooter: one step a page, back and forth, without scripts; resumed by its link or browser."""
