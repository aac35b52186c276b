"""gunicorn's settings wherever the portal runs: `gunicorn --config python:rtportal.launch.web_settings …`.

Where it listens and how long it may take to end say `make run`, the tests and the service in `deploy/` each for
themselves.
"""

from rtportal import env
from rtportal.launch.services import processes_for

wsgi_app = "rtportal.wsgi:application"
worker_class = "gthread"
workers = env.WEB_PROCESSES or processes_for(env.DATABASE["ENGINE"])
threads = 8
# Connections that wait while a process imports the portal after a restart.
backlog = 2048
# The largest upload over a slow line; nginx has taken it in whole before.
timeout = 120
keepalive = 5
# The longest address is a personal link's; the largest header a cookie.
limit_request_line = 4094
limit_request_fields = 60
limit_request_field_size = 8190
# It would lie in the home folder.
control_socket_disable = True
# With logs of JSON the portal writes a line for each request itself (rtportal/operations/sight.py).
accesslog = None if env.LOG_FORMAT == "json" else "-"
logger_class = "rtportal.launch.access_log.RedactingLogger"


def post_worker_init(worker) -> None:
    """A machine with other keys than the portal's says so in its log, as /sehat/ and the status page do."""
    # Loads models: only a process that serves has them.
    from rtportal.launch.own_keys import tell_foreign_keys

    tell_foreign_keys()


def child_exit(server, worker) -> None:
    """What a process that ended had counted stays; that it counted by itself ends."""
    if env.PROMETHEUS_MULTIPROC_DIR:
        from prometheus_client.multiprocess import mark_process_dead

        mark_process_dead(worker.pid)
