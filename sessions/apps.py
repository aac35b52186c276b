from django.apps import AppConfig


class SessionsConfig(AppConfig):
    name = "sessions"
    label = "training_sessions"
    verbose_name = "Sesi"

    def ready(self):
        from sessions import retention

        retention.register()
