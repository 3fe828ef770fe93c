"""Which way to us is best for a problem, and what each way promises and keeps (A13, A14)."""
