"""Signing in and out, passwords, second factors and devices: django-allauth's views where they fit, ours elsewhere.

The names are django-allauth's own, because its views look each other up by them. Only what a closed portal needs.
"""

from allauth.account import views
from allauth.mfa.base.views import authenticate
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.urls import path, re_path

from rtportal.trust.views.devices import device_end, device_end_others, device_list
from rtportal.trust.views.second_factor import passkey_remove, second_factor
from rtportal.web.step_up import fresh_proof_required

urlpatterns = [
    path("masuk/", views.login, name="account_login"),
    path("masuk/kode/", authenticate, name="mfa_authenticate"),
    path("masuk/kunci-sandi/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("keluar/", views.logout, name="account_logout"),
    path("daftar/", views.signup, name="account_signup"),
    path("tidak-aktif/", views.account_inactive, name="account_inactive"),
    path("kata-sandi/", views.password_change, name="account_change_password"),
    path("kata-sandi/buat/", views.password_set, name="account_set_password"),
    path("kata-sandi/lupa/", views.password_reset, name="account_reset_password"),
    path("kata-sandi/lupa/terkirim/", views.password_reset_done, name="account_reset_password_done"),
    path("kata-sandi/baru/selesai/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^kata-sandi/baru/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("pengaman/", second_factor, name="mfa_index"),
    path("pengaman/aplikasi/", fresh_proof_required(totp.activate_totp), name="mfa_activate_totp"),
    path("pengaman/aplikasi/hapus/", fresh_proof_required(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("pengaman/kode-cadangan/", fresh_proof_required(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "pengaman/kode-cadangan/baru/",
        fresh_proof_required(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "pengaman/kode-cadangan/unduh/",
        fresh_proof_required(recovery.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("pengaman/kunci-sandi/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("pengaman/kunci-sandi/tambah/", fresh_proof_required(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path("pengaman/kunci-sandi/<int:pk>/ubah/", fresh_proof_required(passkeys.edit_webauthn), name="mfa_edit_webauthn"),
    path("pengaman/kunci-sandi/<int:pk>/hapus/", passkey_remove, name="mfa_remove_webauthn"),
    path("perangkat/", device_list, name="usersessions_list"),
    path("perangkat/lain/keluarkan/", device_end_others, name="device_end_others"),
    path("perangkat/<int:pk>/keluarkan/", device_end, name="device_end"),
]
