from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "rtportal.audit"
    label = "audit"
    verbose_name = "Riwayat"
