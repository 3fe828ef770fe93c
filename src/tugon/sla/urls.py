from django.urls import path

from .views import opening_days

urlpatterns = [path("<str:key>.ics", opening_days, name="opening-days")]
