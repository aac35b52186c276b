from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    name = "programs"
    label = "programs"
    verbose_name = "Program"

    def ready(self):
        from programs.queries.open_groups import open_groups
        from programs.queries.special_days import spans_of
        from rtportal.messaging.hours import special_days_source
        from rtportal.privacy.retention import open_groups_source

        # The platform below knows sending hours, but no holidays.
        special_days_source(spans_of)
        # Nor which messages a programme still needs.
        open_groups_source(open_groups)
