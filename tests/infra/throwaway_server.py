"""A server to install the portal on: a copy-on-write image of this machine that is gone afterwards.

    with ThrowAwayServer() as server:
        server.run("deploy/install --domain portal.contoh.go.id --self-signed", folder=server.source)
        server.curl("https://portal.contoh.go.id/sehat/")

Files that are written lie in a layer of their own, processes and network are its own, but commands that are run (`run`)
use this machine's network, as an installation must. `systemctl` there is `service_manager.py`.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rtportal.env import BASE_DIR

PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
# What tests call the portal that they install.
DOMAIN = "portal.contoh.go.id"
TOOLS = ("unshare", "nsenter", "mount")
HERE = Path(__file__).parent


class NoServer(RuntimeError):
    """This machine cannot make one; the text says why."""


class ThrowAwayServer:
    """See the top of this file. `source` is a clone of this repository's HEAD, in which tests may commit."""

    source = "/srv/portal"

    def __enter__(self) -> "ThrowAwayServer":
        if os.getuid() != 0:
            raise NoServer("only root may mount")
        if missing := [tool for tool in TOOLS if not shutil.which(tool)]:
            raise NoServer(f"{', '.join(missing)} is missing")
        self._folder = Path(tempfile.mkdtemp(prefix="rtp-server-"))
        self._process: subprocess.Popen | None = None
        try:
            self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        if self._process:
            # Process 1 of its own space: with it goes everything.
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def run(self, command: str, *, folder: str = "/", check: bool = True, network: bool = True) -> str:
        """What a shell command says as root there, both streams together. Raises AssertionError if it fails.

        `network` is this machine's; without it the command is in the server's own, where its services listen.
        """
        done = subprocess.run(
            [*self._enter(network), "/bin/sh", "-c", f"cd {folder} && {command}"],
            env={"PATH": PATH, "HOME": "/root", "LANG": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=600,
        )
        self.code = done.returncode
        if check and done.returncode:
            raise AssertionError(f"{command} ends with {done.returncode}:\n{done.stdout}\n{self.logs()}")
        return done.stdout

    def write(self, path: str, text: str) -> None:
        """A file there, whose owner and mode stay if it exists."""
        self.run(f"cat >{path} <<'WRITTEN'\n{text}WRITTEN\n")

    def curl(self, options: str) -> str:
        """What curl says to the server's own network."""
        return self.run(f"curl --silent --show-error {options}", network=False)

    def background(self, command: str) -> subprocess.Popen:
        """A command in the server's own network that runs until it is ended; it says nothing."""
        return subprocess.Popen(
            [*self._enter(False), "/bin/sh", "-c", command],
            env={"PATH": PATH, "HOME": "/root", "LANG": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def logs(self) -> str:
        """The last lines of every service."""
        if not self._process:
            return ""
        return self.run("tail -n 25 /var/log/units/*.log", check=False)

    def _enter(self, network: bool) -> list[str]:
        spaces = ["-m", "-p", "-r", "-w"] + ([] if network else ["-n"])
        return ["nsenter", "-t", str(self._first), *spaces]

    def _start(self) -> None:
        root = self._folder / "root"
        root.mkdir()
        self._clone()
        done = None
        script = self._script(root)
        log = (self._folder / "start.log").open("w+")
        self._process = subprocess.Popen(
            ["unshare", "--mount", "--pid", "--net", "--fork", "--kill-child", "/bin/sh", "-c", script],
            stdout=log,
            stderr=log,
        )
        deadline = time.monotonic() + 30
        while done is None:
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise NoServer(f"no copy-on-write image of this machine: {(self._folder / 'start.log').read_text()}")
            time.sleep(0.1)
            children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text().split()
            if children:
                self._first = int(children[0])
                socket = subprocess.run([*self._enter(True), "test", "-S", "/run/systemctl.sock"])
                done = True if socket.returncode == 0 else None

    def _script(self, root: Path) -> str:
        """Makes the image and becomes its process 1. Temporary folders are its own: what is there is of this moment."""
        overlay = self._overlay(root)
        in_memory = f"mount -t tmpfs -o mode=755 tmpfs {self._folder}/layer"
        own = "".join(
            f"mount -t tmpfs -o mode={mode} tmpfs {root}{name} && "
            for name, mode in (("/run", "755"), ("/tmp", "1777"))  # noqa: S108
        )
        return f"""
            mount --make-rprivate / &&
            {{ {overlay} || {{ {in_memory} && {overlay}; }}; }} &&
            mount -t proc proc {root}/proc && mount --rbind /sys {root}/sys && mount --rbind /dev {root}/dev && {own}
            {{ cp -L /etc/resolv.conf /etc/hosts {root}/etc/ || true; }} &&
            mkdir -p {root}/run/lock {root}/run/postgresql && chmod 1777 {root}/run/lock &&
            {{ chown postgres:postgres {root}/run/postgresql || true; }} &&
            mkdir -p {root}{self.source} && mount --bind {self._folder}/source {root}{self.source} &&
            install -m 755 {HERE}/systemctl.py {root}/usr/local/bin/systemctl &&
            install -m 644 {HERE}/sandbox.py {root}/usr/local/lib/sandbox.py &&
            cd {BASE_DIR} && exec {sys.executable} -m tests.infra.service_manager {root}
        """

    def _clone(self) -> None:
        for name in ("layer", "source"):
            (self._folder / name).mkdir()
        # In other files than this checkout's, so that tests may commit; of what is committed only.
        command = ["git", "-c", "safe.directory=*", "clone", "--quiet", "--no-hardlinks", "--depth", "1"]
        subprocess.run([*command, f"file://{BASE_DIR}", self._folder / "source"], check=True)

    def _overlay(self, root: Path) -> str:
        layer = self._folder / "layer"
        options = f"lowerdir=/,upperdir={layer}/up,workdir={layer}/work"
        return f"{{ mkdir -p {layer}/up {layer}/work && mount -t overlay overlay -o {options} {root} 2>/dev/null; }}"
