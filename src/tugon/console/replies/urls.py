from django.urls import path

from . import choosing

urlpatterns = [
    path("choices", choosing.choices, name="template-choices"),
    path("<int:pk>/insertion", choosing.insertion, name="template-insertion"),
]
