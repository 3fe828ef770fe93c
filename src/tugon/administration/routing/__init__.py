"""How teams give their tickets out, what everybody can carry, who can do and speak what, and the skills themselves."""
