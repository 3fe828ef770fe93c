"""What is learnt from the team's own tickets: which topic, which team."""

from .predicting import predict

__all__ = ["predict"]
