"""What every story may use."""

from tests.browser import browser, open_page, page

__all__ = ["browser", "open_page", "page"]
