from django.urls import path

from . import choosing, editing, effect, folders, index, previewing, properties, versions

_one = "<int:pk>/<slug:language>"

urlpatterns = [
    path("", index.index, name="templates"),
    path("choices", choosing.choices, name="template-choices"),
    path("new", index.create, name="template-new"),
    path("reviews", index.reviews, name="template-reviews"),
    path("letters", index.letters, name="template-letters"),
    path("letters/<str:key>", index.own_letter, name="template-letter"),
    path("effect", effect.effect, name="template-effect"),
    path("folders", folders.folders, name="template-folders"),
    path("folders/<int:pk>", folders.change, name="template-folder"),
    path("<int:pk>/insertion", choosing.insertion, name="template-insertion"),
    path("<int:pk>/languages", editing.add_translation, name="template-translation"),
    path("<int:pk>/archive", properties.archive, name="template-archive"),
    path("<int:pk>/restore", properties.restore, name="template-restore"),
    path(f"{_one}/", editing.edit, name="template-edit"),
    path(f"{_one}/draft", editing.draft, name="template-draft"),
    path(f"{_one}/preview", previewing.preview, name="template-preview"),
    path(f"{_one}/properties", properties.properties, name="template-properties"),
    path(f"{_one}/files", properties.add_files, name="template-files"),
    path(f"{_one}/files/<int:file>/remove", properties.remove_file, name="template-file-remove"),
    path(f"{_one}/versions", versions.versions, name="template-versions"),
    path(f"{_one}/versions/<int:number>/rollback", versions.roll_back, name="template-rollback"),
    path(f"{_one}/versions/<int:number>/draft", versions.write_from, name="template-write-from"),
    path(f"{_one}/do/<slug:verb>", editing.act, name="template-verb"),
]
