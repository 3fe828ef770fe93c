"""What a tag looks like. Pure."""


def tag_word(text: str) -> str:
    """Lower-case words joined by hyphens, at most 60 letters: "Payment Issue" → "payment-issue"."""
    return "-".join(text.lower().replace(",", " ").split())[:60]
