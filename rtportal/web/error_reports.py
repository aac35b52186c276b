"""Reports of errors (mails to admins, pages while DEBUG is on) without anything that people typed or the code held.

What Django would show of a fault, the values of every variable of every frame and the whole form, is where NIKs and
telephones would stand. The type of the fault, the lines of code and the name of each variable are left.
"""

from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter

from rtportal.lib.redaction import redact


class NothingOfPeople(SafeExceptionReporterFilter):
    """Hides every value, whatever its name."""

    def is_active(self, request) -> bool:
        return True

    def get_post_parameters(self, request) -> dict:
        return {} if request is None else dict.fromkeys(request.POST, self.cleansed_substitute)

    def get_traceback_frame_variables(self, request, tb_frame) -> list[tuple[str, str]]:
        return [(name, self.cleansed_substitute) for name in tb_frame.f_locals]


class RedactedReporter(ExceptionReporter):
    """And whatever an address or the words of a fault hold is redacted as in logs."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.filter = NothingOfPeople()

    def get_traceback_html(self) -> str:
        return redact(super().get_traceback_html())

    def get_traceback_text(self) -> str:
        return redact(super().get_traceback_text())
