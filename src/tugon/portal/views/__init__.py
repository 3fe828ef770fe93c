"""What the pages of the portal answer."""
