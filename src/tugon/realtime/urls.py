from django.urls import path

from tugon.realtime import views

app_name = "realtime"
urlpatterns = [path("presence", views.beat, name="presence")]
