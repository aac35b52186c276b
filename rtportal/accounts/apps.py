from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "rtportal.accounts"
    label = "accounts"
    verbose_name = "Akun"
