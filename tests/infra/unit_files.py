"""Reads systemd's unit files as far as `deploy/systemd` uses them."""

import re
import shlex
import socket
from pathlib import Path


class Unit:
    """`name` with its suffix; `one` and `every` give the values of a setting in whatever section it stands."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self._values: list[tuple[str, str]] = []
        for line in path.read_text().splitlines():
            if line.strip() and not line.startswith(("#", ";", "[")):
                name, _, value = line.partition("=")
                self._values.append((name.strip(), value.strip()))

    def every(self, name: str) -> list[str]:
        return [value for key, value in self._values if key == name]

    def one(self, name: str, default: str = "") -> str:
        return (self.every(name) or [default])[-1]

    def words(self, name: str) -> list[str]:
        """All values of a setting that takes a list."""
        return [word for value in self.every(name) for word in value.split()]

    def seconds(self, name: str, default: float) -> float:
        value = self.one(name)
        return float(value) if value.replace(".", "").isdecimal() else default

    def environment(self) -> dict[str, str]:
        """What `EnvironmentFile=` and `Environment=` hold, read apart from the portal's own reader."""
        found = {}
        for name in self.every("EnvironmentFile"):
            for line in Path(name).read_text().splitlines():
                if line.strip() and not line.lstrip().startswith("#"):
                    key, _, value = line.partition("=")
                    found[key.strip()] = "".join(shlex.split(value))
        for value in self.every("Environment"):
            found |= dict(word.split("=", 1) for word in shlex.split(value))
        return found

    def command(self, environment: dict[str, str]) -> list[str]:
        """`ExecStart=` with its specifiers and variables replaced."""
        line = self.one("ExecStart").replace("%H", socket.gethostname()).replace("%%", "%")
        return [
            re.sub(r"\$\$|\$\{(\w+)\}", lambda each: environment.get(each[1], "") if each[1] else "$", word)
            for word in shlex.split(line)
        ]
