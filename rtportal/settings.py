"""All settings of the portal. Values that differ between machines come from `rtportal/env.py`."""

from rtportal import env
from rtportal.launch.services import processes_for

BASE_DIR = env.BASE_DIR
VAR_DIR = env.VAR_DIR
VERSION = env.VERSION

DEBUG = env.DEBUG
SECRET_KEY = env.SECRET_KEY
LINK_KEY = env.LINK_KEY
NIK_KEYS, PERSONAL_KEYS = env.NIK_KEYS, env.PERSONAL_KEYS
AUDIT_KEYS = env.AUDIT_KEYS
KEYS_FROM_ENVIRONMENT = env.KEYS_FROM_ENVIRONMENT
BASE_URL = env.BASE_URL
ALLOWED_HOSTS = env.ALLOWED_HOSTS
CSRF_TRUSTED_ORIGINS = [env.BASE_URL]

INSTALLED_APPS = [
    "participants",
    "sessions",
    "programs",
    "rtportal.launch",
    "rtportal.privacy",
    "rtportal.trust",
    "rtportal.operations",
    "rtportal.documents",
    "rtportal.messaging",
    "rtportal.web",
    "rtportal.audit",
    "rtportal.accounts",
    "rtportal.regions",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    # After the apps, so that forms find our own widget templates first.
    "django.forms",
]

MIDDLEWARE = [
    # Outermost: whatever happens inside has its request's id.
    "rtportal.operations.sight.SightMiddleware",
    "django.middleware.security.SecurityMiddleware",
    # Above the static files, so that they have its headers too.
    "rtportal.web.headers.HeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "rtportal.web.limits.BodyLimitMiddleware",
    # Whatever follows knows cookies and users; the pages of RT heads end here.
    "rtportal.web.personal_pages.PersonalPagesMiddleware",
    "csp.middleware.CSPMiddleware",
    "rtportal.web.htmx.SignInForFragmentsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # From here on the database shows what the signed-in official may see.
    "rtportal.web.row_guard.RowGuardMiddleware",
    "rtportal.web.refusals.RefusalsMiddleware",
    "rtportal.web.limits.LimitsMiddleware",
    # Every page asks for a sign-in unless its view says otherwise.
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "rtportal.web.cache_away.CacheAwayMiddleware",
    "rtportal.trust.device_sessions.SeenMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    # Whoever must have a second factor sets it up before anything else.
    "rtportal.trust.second_factor_first.SecondFactorFirstMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "rtportal.urls"
WSGI_APPLICATION = "rtportal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "rtportal.web.menu.frame",
            ],
            "builtins": ["rtportal.web.templatetags.words"],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

DATABASES = {"default": env.DATABASE}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

_redis = env.REDIS_URL or f"unix://{env.EMBEDDED_SOCKET}"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": _redis,
        # A cache that does not answer must not hold a page.
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 2},
    }
}

# Signing in: officials only, by e-mail and password; nobody signs up alone.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_ADAPTER = "rtportal.trust.adapter.ClosedAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Nobody can make the portal write to an address it does not know.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
SECOND_FACTOR, STEP_UP_SECONDS = env.SECOND_FACTOR, env.STEP_UP_SECONDS
MFA_ADAPTER = "rtportal.accounts.second_factor.SealedMFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Portal RT"
# One step of 30 seconds either way: telephones are seldom exactly on time.
MFA_TOTP_TOLERANCE = 1
# Passkeys of a demo on http://localhost; browsers know no others without TLS.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not env.HTTPS
MFA_FORMS = {
    "authenticate": "rtportal.accounts.forms.SignInCodeForm",
    "authenticate_webauthn": "rtportal.accounts.forms.SignInPasskeyForm",
    "activate_totp": "rtportal.accounts.forms.FirstCodeForm",
    "add_webauthn": "rtportal.accounts.forms.NewPasskeyForm",
    "edit_webauthn": "rtportal.accounts.forms.PasskeyNameForm",
}
SESSION_COOKIE_AGE = env.SESSION_HOURS * 3600
ACCOUNT_SESSION_REMEMBER = True
# An office of a hundred behind one address begins its day at once; wrong passwords are counted apart.
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip"}
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

LANGUAGE_CODE = "id"
USE_I18N = True
USE_TZ = True
# Instants are stored in UTC; pages show them in the zone of the region they happen in.
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = env.STATIC_ROOT
STATICFILES_DIRS = [BASE_DIR / "static"]
# DEBUG serves straight from the source folders, so no manifest is needed there.
STORAGES = {
    "default": {
        "BACKEND": "rtportal.lib.sealed_storage.SealedStorage",
        "OPTIONS": {"location": VAR_DIR / "files"},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# A form with everybody of a wave ticked has some thousands of fields; none has more than one file.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_NUMBER_FILES = 5
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
LARGEST_UPLOAD = env.LARGEST_UPLOAD_MB * 1024 * 1024
FILE_DAYS = env.FILE_DAYS
FILE_UPLOAD_HANDLERS = [
    "rtportal.web.uploads.LimitedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# Headers
SECURE_SSL_REDIRECT = env.HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if env.HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.HTTPS
SECURE_HSTS_PRELOAD = env.HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.HTTPS
# Forms carry the token; no script reads the cookie.
CSRF_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

# E-mail of the e-mail channel and of password resets
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if env.EMAIL["host"]
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_HOST = env.EMAIL["host"]
EMAIL_PORT = env.EMAIL["port"]
EMAIL_HOST_USER = env.EMAIL["user"]
EMAIL_HOST_PASSWORD = env.EMAIL["password"]
EMAIL_USE_TLS = env.EMAIL["tls"]
EMAIL_USE_SSL = env.EMAIL["ssl"]
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.EMAIL_FROM

# Messages
MESSAGE_CHANNELS = env.CHANNELS
WHATSAPP_API_URL = env.WHATSAPP_API_URL
WHATSAPP_TOKEN = env.WHATSAPP_TOKEN
WHATSAPP_PHONE_NUMBER_ID = env.WHATSAPP_PHONE_NUMBER_ID
WHATSAPP_WABA_ID = env.WHATSAPP_WABA_ID
WHATSAPP_APP_SECRET = env.WHATSAPP_APP_SECRET
WHATSAPP_VERIFY_TOKEN = env.WHATSAPP_VERIFY_TOKEN
WHATSAPP_PEOPLE_PER_DAY = env.WHATSAPP_PEOPLE_PER_DAY
WHATSAPP_PRICE = env.WHATSAPP_PRICE
GATEWAY = env.GATEWAY
BOUNCES_URL = env.BOUNCES_URL
BOUNCES_SECRET = env.BOUNCES_SECRET

# Celery: see rtportal/celery.py for the timetable.
_socket_options = {"socket_connect_timeout": 1, "socket_timeout": 10}
CELERY_BROKER_URL = env.BROKER_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # Longer than the longest task, or a task still running would be handed out again.
    "visibility_timeout": 900,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 5,
    **_socket_options,
}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# The threads pool ignores time limits.
CELERY_WORKER_POOL = "prefork"
CELERY_WORKER_CONCURRENCY = env.WORKER_PROCESSES or processes_for(env.DATABASE["ENGINE"])
# What a task leaves behind in memory does not pile up for weeks.
CELERY_WORKER_MAX_TASKS_PER_CHILD = 1000
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 840
CELERY_TIMEZONE = "UTC"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

# Backups: see rtportal/operations/backups/.
BACKUP_FOLDER = env.BACKUP_FOLDER
BACKUP_RECIPIENTS = env.BACKUP_RECIPIENTS
BACKUP_KEEP = env.BACKUP_KEEP

# Seeing what goes on: see rtportal/operations/.
LOG_FORMAT, SENTRY_DSN = env.LOG_FORMAT, env.SENTRY_DSN
PROMETHEUS_MULTIPROC_DIR = env.PROMETHEUS_MULTIPROC_DIR
DEFAULT_EXCEPTION_REPORTER = "rtportal.web.error_reports.RedactedReporter"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no personal links": {"()": "rtportal.lib.redaction.RedactLinks"}},
    "formatters": {
        "text": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
        "json": {"()": "rtportal.lib.json_lines.JsonLine"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT, "filters": ["no personal links"]}
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    # As text Celery writes its own lines.
    "loggers": {"rtportal": {"level": "INFO"}, **({"celery": {"level": "INFO"}} if LOG_FORMAT == "json" else {})},
}
