"""The addresses of the help center."""
