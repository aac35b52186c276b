from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "rtportal.documents"
    label = "documents"
    verbose_name = "Berkas"

    def ready(self) -> None:
        from rtportal.documents.registry import discover

        discover()
