from django.urls import path

from rtportal.operations.views.status import status

app_name = "operations"

urlpatterns = [
    path("keadaan/", status, name="status"),
]
