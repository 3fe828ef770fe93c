"""Files that come with a form: sent ahead one by one where scripts run, or with the form itself."""

from dataclasses import dataclass, field

from django.forms import Form
from django.http import HttpRequest

from tugon.files import operations as files
from tugon.files.models import Upload
from tugon.files.owners import owner_of, owners_of
from tugon.files.throttle import TooManyUploads, allow
from tugon.lib.errors import DomainError

NAME = "files"
"""Name of the file field, and of the hidden fields with the tokens of what was sent ahead."""

MOST = 20


@dataclass(slots=True)
class Given:
    """What a form brought. problems: in words, of the files that could not be taken."""

    uploads: list[Upload] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def taken_from(request: HttpRequest, *, tell: Form) -> Given:
    """Every file the form names or carries. What is carried is kept at once: a form that comes back loses none.

    tell: gets an error for every file that could not be taken.
    """
    tokens = request.POST.getlist(NAME)[:MOST]
    given = Given(
        _sent_ahead(tokens, owners_of(request)) if tokens else []
    )  # without files, no session is made here
    for one in request.FILES.getlist(NAME):
        if not one.size:
            continue
        try:
            allow(request)
            files.require_fits(one.size, name=one.name or "file")
            given.uploads.append(files.upload(one.read(), name=one.name or "file", owner=owner_of(request)))
        except (DomainError, TooManyUploads) as error:
            given.problems.append(str(error))
            tell.add_error(None, str(error))
    return given


def waiting_of(request: HttpRequest) -> list[Upload]:
    """What this visitor sent ahead and has not used yet: a reload shows it. One query, none for new faces."""
    if not request.session.session_key or request.user.is_authenticated:
        return []
    rows = Upload.objects.filter(owner__in=owners_of(request)).select_related("file")
    return list(rows.order_by("pk")[:MOST])


def _sent_ahead(tokens: list[str], owners: list[str]) -> list[Upload]:
    found: dict[str, Upload] = {}
    for owner in owners:
        found |= {upload.token: upload for upload in files.take(tokens, owner=owner)}
    return [found[token] for token in dict.fromkeys(tokens) if token in found]
