"""The customers' pages. Whatever no other surface claimed is looked for here."""

from django.urls import include, path

from . import languages  # noqa: F401  (makes `<language:language>` known)
from .advisor.urls import urlpatterns as advisor
from .billing import views as billing
from .embed.urls import urlpatterns as embed
from .help.urls import urlpatterns as help_center
from .priority.urls import urlpatterns as priorities
from .suggesting.urls import urlpatterns as suggesting
from .views import contact, entrance, front, requests, verdicts

app_name = "portal"

_request = "requests/<int:number>"

urlpatterns = [
    *suggesting,
    *help_center,
    *advisor,
    *priorities,
    *embed,
    path("<language:language>/help/troubleshooters/", include("tugon.portal.troubleshooters.urls")),
    path("<language:language>/billing/", billing.who_charged_me, name="billing"),
    path("billing/", billing.unprefixed),
    path("privacy/", front.privacy, name="privacy"),
    path("robots.txt", front.robots, name="robots"),
    path("contact/", contact.choose, name="contact"),
    path("contact/received/", contact.received, name="received"),
    path("contact/<slug:slug>/", contact.write, name="form"),
    path("sign-in/", entrance.ask, name="sign-in"),
    path("sign-in/sent/", entrance.sent, name="sign-in-sent"),
    path("sign-in/<str:token>/", entrance.link, name="sign-in-link"),
    path("sign-out/", entrance.sign_out, name="sign-out"),
    path("r/<str:token>/", entrance.request_link, name="request-link"),
    path("requests/", requests.index, name="requests"),
    path(f"{_request}/", requests.show, name="request"),
    path(f"{_request}/sent/", requests.sent, name="sent"),
    path(f"{_request}/conversation/", requests.conversation, name="conversation"),
    path(f"{_request}/messages/", requests.reply, name="messages"),
    path(f"{_request}/all/", entrance.see_all, name="see-all"),
    path(f"{_request}/solution/", verdicts.solution, name="solution"),
    path(f"{_request}/closing/", verdicts.closing, name="closing"),
    path(f"{_request}/rating/", verdicts.rating, name="rating"),
]
