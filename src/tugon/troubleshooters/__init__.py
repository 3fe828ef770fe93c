"""Guided questions that end in a solution, or in a ticket that carries every step already tried."""
