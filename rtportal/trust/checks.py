"""What `manage.py check --deploy` says about officials' accounts."""

from django.conf import settings
from django.core import checks

NO_SECOND_FACTOR = checks.Warning(
    "SECOND_FACTOR=off: admin masuk hanya dengan kata sandi.",
    hint="Pakai SECOND_FACTOR=admins (bawaan untuk BASE_URL https) atau SECOND_FACTOR=everyone.",
    id="trust.W001",
)


@checks.register(checks.Tags.security, deploy=True)
def second_factor_is_asked(app_configs, **kwargs) -> list[checks.CheckMessage]:
    return [NO_SECOND_FACTOR] if settings.SECOND_FACTOR == "off" else []
