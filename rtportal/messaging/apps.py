from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class MessagingConfig(AppConfig):
    name = "rtportal.messaging"
    label = "messaging"
    verbose_name = "Pesan"

    def ready(self):
        from rtportal.messaging.alarms import troubles_of_messages
        from rtportal.messaging.channels import usual_chain
        from rtportal.web.health import health_source

        # Each app says in its `messages.py` what its kinds of messages read like.
        autodiscover_modules("messages")
        health_source("messages", troubles_of_messages)
        # A misspelt channel should stop the start, not the first invitation.
        usual_chain()
