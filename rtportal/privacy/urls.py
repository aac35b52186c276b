from django.urls import path

from rtportal.privacy.views import incidents, purges, register, retention

app_name = "privacy"

urlpatterns = [
    path("data-pribadi/", register.register_detail, name="register_detail"),
    path("data-pribadi/masa-simpan/", retention.retention_list, name="retention_list"),
    path("data-pribadi/masa-simpan/<str:code>/setujui/", retention.retention_agree, name="retention_agree"),
    path("data-pribadi/masa-simpan/<str:code>/simpan/", retention.retention_save, name="retention_save"),
    path("data-pribadi/masa-simpan/<str:code>/musnahkan/", retention.retention_purge, name="retention_purge"),
    path("data-pribadi/pemusnahan/", purges.purge_list, name="purge_list"),
    path("data-pribadi/insiden/", incidents.incident_list, name="incident_list"),
    path("data-pribadi/insiden/tambah/", incidents.incident_create, name="incident_create"),
    path("data-pribadi/insiden/<int:pk>/", incidents.incident_detail, name="incident_detail"),
    path("data-pribadi/insiden/<int:pk>/ubah/", incidents.incident_update, name="incident_update"),
    path("data-pribadi/insiden/<int:pk>/diberitahu/", incidents.incident_told, name="incident_told"),
]
