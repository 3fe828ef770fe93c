"""The screens on which rules are written, tried out, published and watched."""
