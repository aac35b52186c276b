from django.urls import path

from rtportal.trust.views import history, invitations, officials

app_name = "trust"

urlpatterns = [
    path("riwayat/", history.history_list, name="history_list"),
    path("petugas/", officials.official_list, name="official_list"),
    path("petugas/undang/", invitations.official_invite, name="official_invite"),
    path("petugas/undangan/<int:pk>/", invitations.invitation_detail, name="invitation_detail"),
    path("petugas/undangan/<int:pk>/kirim-ulang/", invitations.invitation_resend, name="invitation_resend"),
    path("petugas/undangan/<int:pk>/tarik/", invitations.invitation_withdraw, name="invitation_withdraw"),
    path("petugas/<int:pk>/", officials.official_detail, name="official_detail"),
    path("petugas/<int:pk>/peran/tambah/", officials.assignment_add, name="assignment_add"),
    path("petugas/peran/<int:pk>/ubah/", officials.assignment_change, name="assignment_change"),
    path("petugas/peran/<int:pk>/akhiri/", officials.assignment_end, name="assignment_end"),
    path("petugas/<int:pk>/nonaktifkan/", officials.official_deactivate, name="official_deactivate"),
    path("petugas/<int:pk>/aktifkan/", officials.official_reactivate, name="official_reactivate"),
    path("petugas/<int:pk>/pengaman/hapus/", officials.official_factor_reset, name="official_factor_reset"),
    path("undangan-petugas/<str:token>/", invitations.invitation_accept, name="invitation_accept"),
]
