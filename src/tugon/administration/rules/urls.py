from django.urls import path

from . import editing, screens, words

urlpatterns = [
    path("", screens.index, name="rules"),
    path("order", screens.order, name="rules-order"),
    path("words", words.lists, name="word-lists"),
    path("words/new", words.edit, name="word-list-new"),
    path("words/<int:pk>", words.edit, name="word-list"),
    path("words/<int:pk>/removal", words.remove, name="word-list-remove"),
    path("<int:pk>", editing.edit, name="rule"),
    path("<int:pk>/trial", screens.trial, name="rule-trial"),
    path("<int:pk>/versions", screens.versions, name="rule-versions"),
    path("<int:pk>/versions/<int:number>/return", screens.roll_back, name="rule-roll-back"),
    path("<int:pk>/log", screens.log, name="rule-log"),
    path("<int:pk>/switch", screens.switch, name="rule-switch"),
    path("<int:pk>/copy", screens.copy, name="rule-copy"),
    path("<int:pk>/archive", screens.archive, name="rule-archive"),
    path("<slug:kind>", screens.index, name="rules-of"),
    path("<slug:kind>/new", editing.new, name="rule-new"),
    path("<slug:kind>/preview", editing.preview, name="rule-preview"),
]
