"""Which way to reach us suits a problem, and what each way promises and keeps."""
