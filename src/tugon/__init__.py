"""Tugon: self-hosted customer support."""
