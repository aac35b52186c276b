from django.apps import AppConfig
from django.db.backends.signals import connection_created


class AccountsConfig(AppConfig):
    name = "rtportal.accounts"
    label = "accounts"
    verbose_name = "Akun"

    def ready(self) -> None:
        from rtportal.accounts import checks  # noqa: F401 - registers them
        from rtportal.accounts.row_guard import tell_new_connection
        from rtportal.accounts.secret_rotation import rotate_second_factors
        from rtportal.lib.rotation import RotationStep, register_rotation

        connection_created.connect(tell_new_connection, dispatch_uid="row guard")
        register_rotation(RotationStep("Pengaman kedua petugas", rotate_second_factors))
