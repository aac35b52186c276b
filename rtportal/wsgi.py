"""What gunicorn serves."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from rtportal.web.encoding import Utf8Request

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rtportal.settings")

# No page may wait longer for one statement, or leave a transaction open; the worker has longer work. What
# DATABASE_URL says comes after these and wins.
WEB_SESSION = "-c statement_timeout=60s -c idle_in_transaction_session_timeout=120s"


def limit_statements(database: dict) -> None:
    """Every connection that this process opens from now on ends statements that take too long. SQLite has no such."""
    if database["ENGINE"].endswith("postgresql"):
        given = database["OPTIONS"].get("options", "")
        database["OPTIONS"]["options"] = f"{WEB_SESSION} {given}".rstrip()


application = get_wsgi_application()
limit_statements(settings.DATABASES["default"])
application.request_class = Utf8Request
