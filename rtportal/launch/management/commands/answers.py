"""`manage.py answers PATH…`: whether this release gives the pages, before anybody depends on it."""

from http import HTTPStatus
from io import BytesIO
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Memeriksa apakah rilis ini memberi halaman yang diminta, tanpa menjalankan peladen web."

    def add_arguments(self, parser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH", help="misalnya /sehat/")

    def handle(self, *args, paths: list[str], **options) -> None:
        # The whole portal with its middleware, as gunicorn would have it. `get_wsgi_application()` would set Django up
        # a second time, and its log with it.
        application = WSGIHandler()
        for path in paths:
            answers: list[str] = []
            list(application(self._environ(path), lambda status, headers, _=None, told=answers: told.append(status)))
            self.stdout.write(f"{path}: {answers[0]}")
            if not answers[0].startswith(f"{HTTPStatus.OK:d} "):
                raise CommandError(f"{path} tidak dijawab dengan baik.")

    @staticmethod
    def _environ(path: str) -> dict:
        """A request as nginx hands it on (PEP 3333)."""
        site = urlsplit(settings.BASE_URL)
        return {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": "",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "SERVER_NAME": site.hostname,
            "SERVER_PORT": "443",
            "HTTP_HOST": site.netloc,
            "HTTP_X_FORWARDED_PROTO": site.scheme,
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(),
        }
