"""Addresses of the table of priorities, in the namespace of `administration/urls.py`."""

from django.urls import path

from . import table

urlpatterns = [
    path("priority", table.table, name="priority"),
    path("priority/example", table.example, name="priority-example"),
]
