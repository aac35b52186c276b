from django.urls import path

from rtportal.documents.views.exports import export_create
from rtportal.documents.views.files import file_detail, file_download, file_list

app_name = "documents"

urlpatterns = [
    path("berkas/", file_list, name="file_list"),
    path("berkas/<uuid:pk>/", file_detail, name="file_detail"),
    path("berkas/<uuid:pk>/unduh/", file_download, name="file_download"),
    path("ekspor/<slug:export>/", export_create, name="export_create"),
]
