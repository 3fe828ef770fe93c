"""Pages leave compressed where the browser takes it: a list of fifty tickets is 80 kB, and 11 kB so.

Only what is made anew for one reader. Built files lie compressed beside themselves (whitenoise); files of people are
compressed already, or may be asked for in parts. Django pads what it compresses at random, so that its length tells
nothing of the secrets in it (https://www.breachattack.com).
"""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

TYPES = ("text/html", "application/json")


class CompressionMiddleware(GZipMiddleware):
    """Stands after whitenoise."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.streaming or not response.headers.get("Content-Type", "").startswith(TYPES):
            return response
        return super().process_response(request, response)
