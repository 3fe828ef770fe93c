from django.urls import path

from tugon.pages import views

app_name = "pages"
urlpatterns = [
    path("theme.css", views.theme, name="theme"),
    path("-/kit", views.kit, name="kit"),
    path("-/kit/echo", views.kit_echo, name="kit-echo"),
    path("-/kit/console", views.kit_console, name="kit-console"),
    path("-/kit/portal", views.kit_portal, name="kit-portal"),
    path("-/kit/plain", views.kit_plain, name="kit-plain"),
]
