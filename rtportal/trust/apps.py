from django.apps import AppConfig


class TrustConfig(AppConfig):
    name = "rtportal.trust"
    label = "trust"
    verbose_name = "Petugas dan riwayat"

    def ready(self):
        from rtportal.trust import checks, receivers  # noqa: F401
        from rtportal.trust.chain_health import troubles_of_history
        from rtportal.web.health import health_source

        health_source("history", troubles_of_history)
