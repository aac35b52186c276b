"""`manage.py metrics`: figures for Prometheus on a private port."""

import signal
import threading

from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections
from prometheus_client import start_http_server

from rtportal.operations.exposition import registry


class Command(BaseCommand):
    help = "Menyajikan angka untuk Prometheus di port tersendiri, yang tidak boleh terbuka ke internet."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--port", type=int, default=9108)
        parser.add_argument("--bind", default="127.0.0.1", help="alamat; selain mesin ini sendiri, batasi di firewall")

    def handle(self, *args, port: int, bind: str, **options) -> None:
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        try:
            server, thread = start_http_server(port, bind, registry(close_old_connections))
        except OSError as error:
            raise CommandError(f"Port {bind}:{port} tidak dapat dibuka: {error.strerror}.") from error
        self.stdout.write(f"http://{bind}:{port}/metrics")
        self.stdout.flush()
        stop.wait()
        server.shutdown()
        thread.join()
