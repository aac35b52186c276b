"""Stands in for systemd on a machine without it: process 1 of a throw-away server (`throwaway_server.py`).

`python3 service_manager.py FOLDER` takes a copy-on-write image of this machine under FOLDER for its root, then obeys
`systemctl`, which `systemctl.py` there is. Units are started by their own files; see `sandbox.py` for how much of their
protection is real. The distribution's PostgreSQL and nginx are started by the distribution's own commands.
"""

import contextlib
import fcntl
import grp
import json
import os
import pwd
import signal
import socket
import socketserver
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path

from tests.infra.unit_files import Unit

UNITS = Path("/etc/systemd/system")
SANDBOX = "/usr/local/lib/sandbox.py"
LOGS = Path("/var/log/units")
PYTHON = "/usr/bin/python3"
# What the distribution's units do: start, stop, reload.
DISTRIBUTION = {
    "postgresql.service": (
        "pg_ctlcluster --skip-systemctl-redirect {version} main start",
        "pg_ctlcluster --skip-systemctl-redirect {version} main stop",
        "",
    ),
    "nginx.service": ("nginx", "nginx -s quit", "nginx -s reload"),
}


class Service:
    """One unit that runs a command, started again when it ends by itself if it says `Restart=always`."""

    def __init__(self, unit: Unit, listening: socket.socket | None) -> None:
        self.unit = unit
        self._listening = listening
        self._wanted = True
        self._process: subprocess.Popen | None = None
        self._spawn()
        threading.Thread(target=self._keep, daemon=True).start()

    @property
    def pid(self) -> int:
        return self._process.pid if self.is_running else 0

    @property
    def is_running(self) -> bool:
        return self._process.poll() is None

    def wait_ready(self) -> bool:
        """Whether it came up: it says so itself if it is of the type `notify`."""
        if self.unit.one("Type") == "oneshot":
            return self._process.wait() == 0
        if self.unit.one("Type") == "notify":
            self._notices.settimeout(0.2)
            until = time.monotonic() + self.unit.seconds("TimeoutStartSec", 60)
            process = self._process
            # A process that ends before it said so has failed, whether or not it is started again.
            while process.poll() is None and time.monotonic() < until:
                with contextlib.suppress(TimeoutError):
                    if b"READY=1" in self._notices.recv(4096):
                        return True
            return False
        return self.is_running

    def stop(self) -> None:
        self._wanted = False
        if not self.is_running:
            return
        if self.unit.one("KillMode") == "mixed":
            self._process.terminate()
        else:
            os.killpg(self._process.pid, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(self.unit.seconds("TimeoutStopSec", 90))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def reload(self) -> None:
        command = self.unit.one("ExecReload").replace("$MAINPID", str(self.pid))
        subprocess.run(command.split(), check=True)

    def _keep(self) -> None:
        while self._wanted:
            self._process.wait()
            if not self._wanted or self.unit.one("Restart") != "always":
                return
            time.sleep(self.unit.seconds("RestartSec", 0.1))
            if self._wanted:
                self._spawn()

    def _spawn(self) -> None:
        environment = self.unit.environment()
        if self.unit.one("Type") == "notify":
            path = f"/run/notify-{self.unit.name}"
            Path(path).unlink(missing_ok=True)
            self._notices = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            self._notices.bind(path)
            os.chmod(path, 0o777)  # noqa: S103, PTH101 - every service may tell that it is ready
            environment["NOTIFY_SOCKET"] = path
        description = {
            "user": self.unit.one("User", "root"),
            "strict": self.unit.one("ProtectSystem") == "strict",
            "writable": self.unit.words("ReadWritePaths"),
            "files": int(self.unit.one("LimitNOFILE", "0")),
            "umask": self.unit.one("UMask", "0022"),
            "folder": self.unit.one("WorkingDirectory", "/"),
            "no_executable_memory": self.unit.one("MemoryDenyWriteExecute") == "yes",
            "filters": self.unit.every("SystemCallFilter"),
            "families": self.unit.words("RestrictAddressFamilies"),
            "sockets": self._listening.fileno() if self._listening else 0,
            "environment": environment,
            "command": self.unit.command(environment),
        }
        with (LOGS / f"{self.unit.name}.log").open("ab") as log:
            self._process = subprocess.Popen(
                [PYTHON, SANDBOX, json.dumps(description)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                pass_fds=[self._listening.fileno()] if self._listening else [],
                env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"},
            )


class Manager:
    """Answers one `systemctl` command at a time for each unit."""

    def __init__(self) -> None:
        self._services: dict[str, Service] = {}
        self._sockets: dict[str, socket.socket] = {}
        self._lock = threading.Lock()

    def obey(self, arguments: list[str]) -> tuple[int, str]:
        """Exit code and words for a command line of `systemctl`."""
        words = [each for each in arguments if not each.startswith("-")]
        verb, names = words[0], words[1:]
        if verb == "enable":
            verb = "start" if "--now" in arguments else "nothing"
        if verb == "disable":
            verb = "stop" if "--now" in arguments else "nothing"
        if verb in {"daemon-reload", "nothing"}:
            return 0, ""
        if "--no-block" in arguments:
            threading.Thread(target=self._each, args=(verb, names), daemon=True).start()
            return 0, ""
        return self._each(verb, names)

    def _each(self, verb: str, names: list[str]) -> tuple[int, str]:
        code, told = 0, ""
        for name in names:
            full = name if "." in name else f"{name}.service"
            if verb == "show-pid":
                return 0, str(self._services[full].pid)
            if not getattr(self, f"_{verb.replace('-', '_')}")(full):
                code, told = 1, f"{told}{verb} {full} failed; see {LOGS}\n"
        return code, told

    def _start(self, name: str) -> bool:
        if name in DISTRIBUTION:
            return self._is_active(name) or self._distribution(name, 0)
        if name.endswith(".socket"):
            self._listen(name)
            return True
        if not name.endswith(".service") or self._is_active(name):
            return True
        if not (UNITS / name).exists():
            return False
        socket_unit = f"{name.removesuffix('.service')}.socket"
        service = Service(Unit(UNITS / name), self._listen(socket_unit) if (UNITS / socket_unit).exists() else None)
        with self._lock:
            self._services[name] = service
        return service.wait_ready()

    def _stop(self, name: str) -> bool:
        if name in DISTRIBUTION:
            return not self._is_active(name) or self._distribution(name, 1)
        if service := self._services.get(name):
            service.stop()
        return True

    def _restart(self, name: str) -> bool:
        return self._stop(name) and self._start(name)

    def _try_restart(self, name: str) -> bool:
        return self._restart(name) if self._is_active(name) else True

    def _reload_or_restart(self, name: str) -> bool:
        return self._reload(name) if self._is_active(name) else self._restart(name)

    def _reload(self, name: str) -> bool:
        if name in DISTRIBUTION:
            return self._distribution(name, 2)
        self._services[name].reload()
        return True

    def _is_active(self, name: str) -> bool:
        if name == "nginx.service":
            return Path("/run/nginx.pid").exists() and Path("/run/nginx.pid").read_text().strip() != ""
        if name == "postgresql.service":
            return "online" in subprocess.run(["pg_lsclusters"], capture_output=True, text=True).stdout
        return name in self._services and self._services[name].is_running

    def _distribution(self, name: str, what: int) -> bool:
        version = subprocess.run(["pg_lsclusters", "-h"], capture_output=True, text=True).stdout.split(" ")[0]
        command = DISTRIBUTION[name][what].format(version=version).split()
        return not command or subprocess.run(command, stdin=subprocess.DEVNULL).returncode == 0

    def _listen(self, name: str) -> socket.socket:
        if name not in self._sockets:
            unit = Unit(UNITS / name)
            path = unit.one("ListenStream")
            Path(path).unlink(missing_ok=True)
            listening = socket.socket(socket.AF_UNIX)
            listening.bind(path)
            owner, group = pwd.getpwnam(unit.one("SocketUser")).pw_uid, grp.getgrnam(unit.one("SocketGroup")).gr_gid
            os.chown(path, owner, group)
            Path(path).chmod(int(unit.one("SocketMode"), 8))
            listening.listen(int(unit.one("Backlog")))
            self._sockets[name] = listening
        return self._sockets[name]


def loopback_up() -> None:
    """The network of this machine's own has nothing but itself."""
    with socket.socket() as any_socket:
        request = struct.pack("16sH14s", b"lo", 1, b"")
        fcntl.ioctl(any_socket, 0x8914, request)


def main() -> None:
    loopback_up()
    os.chroot(sys.argv[1])
    os.chdir("/")
    LOGS.mkdir(exist_ok=True)
    manager = Manager()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            code, told = manager.obey(json.loads(self.rfile.readline()))
            self.wfile.write(json.dumps([code, told]).encode() + b"\n")

    with socketserver.ThreadingUnixStreamServer("/run/systemctl.sock", Handler) as server:
        server.serve_forever()


if __name__ == "__main__":
    main()
