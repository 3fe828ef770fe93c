"""Below `/console/troubleshooters/`."""

from django.urls import path

from . import drawing, listing, reports, trying, versions

_one = "<int:pk>"

urlpatterns = [
    path("", listing.index, name="troubleshooters"),
    path("new", listing.create, name="troubleshooter-new"),
    path(f"{_one}/", drawing.show, name="troubleshooter"),
    path(f"{_one}/steps", drawing.add, name="troubleshooter-steps"),
    path(f"{_one}/steps/<str:name>", drawing.step, name="troubleshooter-step"),
    path(f"{_one}/texts", drawing.texts, name="troubleshooter-texts"),
    path(f"{_one}/undo", drawing.undo, name="troubleshooter-undo"),
    path(f"{_one}/redo", drawing.redo, name="troubleshooter-redo"),
    path(f"{_one}/preview", trying.preview, name="troubleshooter-preview"),
    path(f"{_one}/publication", versions.publish, name="troubleshooter-publication"),
    path(f"{_one}/withdrawal", versions.unpublish, name="troubleshooter-withdrawal"),
    path(f"{_one}/versions", versions.index, name="troubleshooter-versions"),
    path(f"{_one}/versions/<int:number>/restoration", versions.roll_back, name="troubleshooter-rollback"),
    path(f"{_one}/report", reports.show, name="troubleshooter-report"),
    path(f"{_one}/settings", listing.change, name="troubleshooter-settings"),
    path(f"{_one}/archive", listing.archive, name="troubleshooter-archive"),
    path(f"{_one}/draft.json", versions.export, name="troubleshooter-draft"),
    path(f"{_one}/import", versions.take_in, name="troubleshooter-import"),
]
