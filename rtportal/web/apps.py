from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "rtportal.web"
    label = "web"
    verbose_name = "Halaman"
