"""What could be packages of their own: errors, clock, text, language. Knows no word of the domain."""
