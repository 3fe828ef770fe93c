"""How well tickets are understood; learning anew."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tugon.understanding.heads.kept import heads
from tugon.understanding.learning.training import FEWEST, SUGGESTS, SURE
from tugon.understanding.tasks import wake_learning

from ..access import needs
from ..navigation import show
from .figures import learnings

PERMISSION = "understanding.edit"


@needs(PERMISSION)
@require_safe
def understanding(request: HttpRequest) -> HttpResponse:
    """Accuracy and coverage on tickets that were not learnt from, by topic, team and language."""
    return show(
        request,
        "understanding",
        learnings=learnings(),
        fewest=FEWEST,
        sure=SURE,
        suggests=SUGGESTS,
        has_heads=heads() is not None,
    )


@needs(PERMISSION)
@require_POST
def learn(request: HttpRequest) -> HttpResponse:
    """Learn anew in the background."""
    if wake_learning():
        messages.success(request, _("Learning anew in the background. The figures change when it is done."))
    else:
        messages.info(request, _("Somebody asked for that a moment ago; it is about to begin."))
    return redirect("administration:understanding")
