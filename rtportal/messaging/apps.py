from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "rtportal.messaging"
    label = "messaging"
    verbose_name = "Pesan"
