from django.urls import path

from . import host, views

app_name = "demo"

urlpatterns = [
    path("host/", host.host, name="host"),
    path("mail/", views.letters, name="mail"),
    path("mail/write", views.write, name="write"),
    path("mail/<int:pk>/", views.letter, name="letter"),
    path("mail/<int:pk>/body", views.body, name="body"),
    path("mail/<int:pk>/return", views.returned, name="return"),
    path("mail/<int:pk>/raw", views.raw, name="raw"),
    path("mail/<int:pk>/files/<int:number>", views.file, name="file"),
]
