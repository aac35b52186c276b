from django.urls import path

from rtportal.documents.views.exports import export_choose, export_create
from rtportal.documents.views.files import file_detail, file_download, file_list
from rtportal.documents.views.presets import preset_delete, preset_save

app_name = "documents"

urlpatterns = [
    path("berkas/", file_list, name="file_list"),
    path("berkas/<uuid:pk>/", file_detail, name="file_detail"),
    path("berkas/<uuid:pk>/unduh/", file_download, name="file_download"),
    path("ekspor/<slug:export>/", export_choose, name="export_choose"),
    path("ekspor/<slug:export>/buat/", export_create, name="export_create"),
    path("ekspor/<slug:export>/susunan/", preset_save, name="preset_save"),
    path("ekspor/susunan/<int:pk>/hapus/", preset_delete, name="preset_delete"),
]
