"""The browser's files, served by the web process itself; found also when they are built anew under a running server."""

from django.http import HttpRequest, HttpResponseNotFound
from django.http.response import HttpResponseBase
from whitenoise.middleware import WhiteNoiseMiddleware

from .assets import DIST


class StaticFiles(WhiteNoiseMiddleware):
    """Knows at start what there is, as WhiteNoise does, and looks again for a built file it does not know."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        path, prefix = request.path_info, f"{self.static_prefix}dist/"
        if path.startswith(prefix) and path not in self.files:
            built = DIST / path.removeprefix(prefix)
            if built.parent == DIST and built.is_file():
                self.add_file_to_dictionary(path, str(built))
        try:
            return super().__call__(request)
        except FileNotFoundError:
            self.files.pop(path, None)  # built anew meanwhile, under another name
            return HttpResponseNotFound()
