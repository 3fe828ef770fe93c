"""What the coach looks for: one module a family, each a pure function of draft and context."""
