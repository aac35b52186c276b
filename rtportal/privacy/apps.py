from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "rtportal.privacy"
    label = "privacy"
    verbose_name = "Data pribadi"

    def ready(self):
        from rtportal.privacy import checks  # noqa: F401 - registers them
        from rtportal.privacy.key_marks import troubles_of_keys
        from rtportal.privacy.purges import accounts, messages
        from rtportal.privacy.queries.incidents import overdue_notices
        from rtportal.web.health import health_source

        messages.register()
        accounts.register()
        # Pages tell it to those it concerns: an incident is no other kabupaten's business.
        # Pages ask too often; a machine that lacks a key says so when it starts.
        health_source("keys", troubles_of_keys, on_pages=False)
        health_source("privacy", overdue_notices, on_pages=False)
