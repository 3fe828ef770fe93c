"""Asking who writes again whether it is about a request that is still open, before it becomes a second one."""
