"""What a developer has in the environment must not steer the tests."""

import os

STEERING = (
    *("SECRET_KEY", "LINK_KEY", "NIK_KEYS", "AUDIT_KEYS", "BASE_URL", "ALLOWED_HOSTS", "PORT", "DEBUG"),
    *("DATABASE_URL", "PERSONAL_KEYS"),
    *("REDIS_URL", "EMAIL_URL", "EMAIL_FROM", "CHANNELS", "VAR_DIR", "LARGEST_UPLOAD_MB", "DJANGO_ALLOW_ASYNC_UNSAFE"),
    *("GATEWAY_URL", "GATEWAY_TOKEN", "GATEWAY_HEADER", "GATEWAY_FORM", "GATEWAY_SUCCESS", "GATEWAY_ID"),
    *("GATEWAY_REASON", "GATEWAY_LABEL", "GATEWAY_GAP", "GATEWAY_PRICE", "GATEWAY_SECRET", "GATEWAY_CALLBACK"),
    *("FILE_DAYS", "BOUNCES_URL", "BOUNCES_SECRET", "WHATSAPP_API_URL", "WHATSAPP_TOKEN", "WHATSAPP_PHONE_NUMBER_ID"),
    *("WHATSAPP_WABA_ID", "WHATSAPP_APP_SECRET", "WHATSAPP_VERIFY_TOKEN", "WHATSAPP_PEOPLE_PER_DAY", "WHATSAPP_PRICE"),
    *("BACKUP_FOLDER", "BACKUP_RECIPIENTS", "BACKUP_KEEP", "LOG_FORMAT", "SENTRY_DSN", "PROMETHEUS_MULTIPROC_DIR"),
    *("SECOND_FACTOR", "SESSION_HOURS", "STEP_UP_SECONDS"),
    *("STATIC_ROOT", "WEB_PROCESSES", "WORKER_PROCESSES"),
)


def clean_environment() -> dict[str, str]:
    """A copy of this process's environment without anything that steers the portal."""
    return {name: value for name, value in os.environ.items() if name not in STEERING}
