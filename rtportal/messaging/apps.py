from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class MessagingConfig(AppConfig):
    name = "rtportal.messaging"
    label = "messaging"
    verbose_name = "Pesan"

    def ready(self):
        from rtportal.messaging.channels import usual_chain

        # Each app says in its `messages.py` what its kinds of messages read like.
        autodiscover_modules("messages")
        # A misspelt channel should stop the start, not the first invitation.
        usual_chain()
