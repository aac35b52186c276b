from django.apps import AppConfig


class LaunchConfig(AppConfig):
    name = "rtportal.launch"
    label = "launch"
