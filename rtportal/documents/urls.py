from django.urls import path

from rtportal.documents.views.exports import export_choose, export_create
from rtportal.documents.views.files import file_detail, file_download, file_list
from rtportal.documents.views.presets import preset_delete, preset_save
from rtportal.documents.views.signed_papers import signed_paper_add, signed_paper_delete, signed_paper_download

app_name = "documents"

urlpatterns = [
    path("berkas/", file_list, name="file_list"),
    path("berkas/<uuid:pk>/", file_detail, name="file_detail"),
    path("berkas/<uuid:pk>/unduh/", file_download, name="file_download"),
    path("berkas/<uuid:pk>/bertanda-tangan/", signed_paper_add, name="signed_paper_add"),
    path("bertanda-tangan/<uuid:pk>/unduh/", signed_paper_download, name="signed_paper_download"),
    path("bertanda-tangan/<uuid:pk>/hapus/", signed_paper_delete, name="signed_paper_delete"),
    path("ekspor/<slug:export>/", export_choose, name="export_choose"),
    path("ekspor/<slug:export>/buat/", export_create, name="export_create"),
    path("ekspor/<slug:export>/susunan/", preset_save, name="preset_save"),
    path("ekspor/susunan/<int:pk>/hapus/", preset_delete, name="preset_delete"),
]
