from django.apps import AppConfig


class RegionsConfig(AppConfig):
    name = "rtportal.regions"
    label = "regions"
    verbose_name = "Wilayah"
