"""An optional language model behind an OpenAI-compatible endpoint: off by default; what leaves the house is masked
and shown first.
"""
