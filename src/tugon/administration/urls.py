from django.urls import path

from .views import company, ledger, mailboxes, people, roles, rows, watching

app_name = "administration"
urlpatterns = [
    path("", company.overview, name="home"),
    path("company", company.settings, name="company"),
    path("company/logo", company.logo, name="logo"),
    path("limits", company.limits, name="limits"),
    path("people", people.people, name="people"),
    path("people/invitation", people.invite, name="invite"),
    path("people/<int:pk>", people.person, name="person"),
    *(
        path(f"people/<int:pk>/{verb}", people.act, {"verb": verb}, name=f"person-{verb}")
        for verb in ("deactivation", "activation", "invitation", "sessions-end", "second-factor-removal")
    ),
    path("roles", roles.roles, name="roles"),
    path("roles/new", roles.role, name="role-new"),
    path("roles/<int:pk>", roles.role, name="role"),
    path("roles/<int:pk>/removal", roles.remove, name="role-remove"),
    path("mailboxes", mailboxes.mailboxes, name="mailboxes"),
    path("mailboxes/new", mailboxes.mailbox, name="mailbox-new"),
    path("mailboxes/<int:pk>", mailboxes.mailbox, name="mailbox"),
    path("mailboxes/<int:pk>/consent", mailboxes.ask_consent, name="mailbox-consent"),
    path("mailboxes/consent", mailboxes.consented, name="mailbox-consented"),
    path("mailboxes/<int:pk>/test", mailboxes.test, name="mailbox-test"),
    path("ledger", ledger.ledger, name="ledger"),
    path("ledger/<int:pk>", ledger.received, name="received"),
    path("ledger/<int:pk>/raw", ledger.raw, name="received-raw"),
    *(
        path(f"ledger/<int:pk>/{verb}", ledger.act, {"verb": verb}, name=f"received-{verb}")
        for verb in ("retry", "release", "ignore", "block")
    ),
    path("automatic-mail", ledger.automatic, name="automatic-mail"),
    path("deliveries", watching.deliveries, name="deliveries"),
    path("deliveries/<int:pk>/sending", watching.send_again, name="delivery-again"),
    path("failures", watching.failures, name="failures"),
    path("failures/<int:pk>/retry", watching.retry_failure, name="failure-retry"),
    path("failures/jobs/<int:pk>/retry", watching.retry_job, name="job-retry"),
    path("failures/jobs/<int:pk>/removal", watching.forget_job, name="job-removal"),
    path("audit", watching.audit, name="audit"),
    path("system", watching.health, name="health"),
    path("<slug:key>", rows.rows, name="rows"),
    path("<slug:key>/new", rows.row, name="row-new"),
    path("<slug:key>/<int:pk>", rows.row, name="row"),
    path("<slug:key>/<int:pk>/removal", rows.remove, name="row-remove"),
    path("<slug:key>/<int:pk>/archive", rows.archive, name="row-archive"),
]
