from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "rtportal.operations"
    label = "operations"
    verbose_name = "Keadaan sistem"

    def ready(self):
        from django.conf import settings

        from rtportal.operations import task_context
        from rtportal.operations.alarms import troubles_of_backup, troubles_of_migrations, troubles_of_timetable
        from rtportal.web.health import health_source

        task_context.connect(own_logging=settings.LOG_FORMAT == "json")
        health_source("migrations", troubles_of_migrations, on_pages=False)
        health_source("timetable", troubles_of_timetable, on_pages=False)
        health_source("backup", troubles_of_backup)
        if settings.SENTRY_DSN:
            from rtportal.operations import error_reports

            error_reports.start(settings.SENTRY_DSN, release=settings.VERSION)
