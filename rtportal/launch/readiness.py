"""Asking the portal's parts whether they are up."""

import http.client

from celery import Celery

from rtportal.launch.services import WORKER_NODE


def web_answers(port: int) -> bool:
    """Whether HTTP on this machine's `port` gives any answer at all."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/sehat/", headers={"Host": "localhost"})
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def worker_answers(broker_url: str, seconds: float = 0.5) -> bool:
    """Whether our worker replies to a ping within `seconds`; a broker that is away counts as no."""
    app = Celery("asks", broker=broker_url, set_as_current=False)
    app.conf.broker_transport_options = {"socket_connect_timeout": 1, "socket_timeout": 2}
    try:
        return bool(app.control.ping(destination=[WORKER_NODE], timeout=seconds))
    except (*app.connection_for_read().connection_errors, OSError):
        return False
    finally:
        app.close()
