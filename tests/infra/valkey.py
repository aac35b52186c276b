"""A throw-away Valkey."""

import time
from pathlib import Path

import redis

from rtportal.launch.child import Child
from rtportal.launch.services import valkey_command


class Valkey:
    """Valkey on the unix socket `socket`, its data and log beside it; with `port` also on that TCP port.

    Starting it again after `kill` finds the data that its append-only file kept.
    """

    def __init__(self, socket: Path, port: int = 0) -> None:
        self.socket = socket
        self.port = port
        self._child: Child | None = None

    @property
    def url(self) -> str:
        """Its address over TCP, as REDIS_URL takes it."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Returns when it answers. Raises RuntimeError with its log if it does not within 10 seconds."""
        command = valkey_command(self.socket, self.socket.parent / "valkey")
        if self.port:
            command += ["--port", str(self.port), "--bind", "127.0.0.1"]
        self._child = Child("Valkey", command, log=self.socket.parent / "log" / "valkey.log")
        deadline = time.monotonic() + 10
        with redis.Redis(unix_socket_path=str(self.socket)) as client:
            while not self._answers(client):
                if time.monotonic() > deadline or self._child.exit_code is not None:
                    raise RuntimeError(f"Valkey does not start:\n{self._child.last_lines()}")
                time.sleep(0.01)

    def forget(self) -> None:
        """Empty it, except for the queues' names: a process that has declared its queue does not do so again."""
        with redis.Redis(unix_socket_path=str(self.socket)) as client:
            if keys := [key for key in client.keys("*") if not key.startswith(b"_kombu.binding.")]:
                client.delete(*keys)

    def kill(self) -> None:
        """SIGKILL."""
        if self._child:
            self._child.kill()
            self._child = None

    @staticmethod
    def _answers(client: redis.Redis) -> bool:
        try:
            return bool(client.ping())
        except redis.exceptions.RedisError:
            return False
