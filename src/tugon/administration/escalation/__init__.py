"""Screens on which levels and who is on call are set up."""
