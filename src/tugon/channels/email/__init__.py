"""The e-mail channel: raw messages understood, fetched and sent. `parsing` is pure: bytes in, values out."""
