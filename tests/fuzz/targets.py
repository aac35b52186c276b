"""Everything that can be asked of the portal: each address of the URLconf, each form and parameter in its pages."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse
from django.urls.exceptions import Resolver404

from rtportal.accounts.models import User
from rtportal.env import BASE_DIR
from tests.fuzz.forms import question, read_page
from tests.rtportal.doors import DOORS

# What the views read by name, wherever it is written.
_READ = re.compile(r"\.(?:GET|POST)(?:\.get|\.getlist)?[\[(]\"([a-z_]+)\"")
ROOMS = ("participants", "programs", "sessions", "rtportal")


@dataclass(frozen=True)
class Target:
    """One thing to ask: the URL's `name`, its pattern with `arguments`, and what is usually sent to it."""

    name: str
    pattern: str
    arguments: tuple[tuple[str, str], ...]
    method: str
    values: tuple[tuple[str, tuple[str, ...]], ...] = ()
    files: tuple[str, ...] = ()

    def path(self, changed: dict[str, str]) -> str:
        """The address with some of its arguments replaced; they need not be of the pattern's kind."""
        filled = self.pattern
        for name, value in self.arguments:
            filled = filled.replace(f"<{name}>", changed.get(name, value))
        return "/" + filled


@cache
def patterns() -> dict[str, str]:
    """URL name → its path with `<argument>` where one goes."""

    def walk(nodes, namespace: str, before: str):
        for node in nodes:
            here = before + re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", str(node.pattern))
            if isinstance(node, URLResolver):
                yield from walk(
                    node.url_patterns, f"{namespace}{node.namespace}:" if node.namespace else namespace, here
                )
            elif isinstance(node, URLPattern):
                yield f"{namespace}{node.name}", here

    return dict(walk(get_resolver().url_patterns, "", ""))


@cache
def parameters_read() -> tuple[str, ...]:
    """Names of parameters in the code of all views and forms."""
    found: set[str] = set()
    for room in ROOMS:
        for path in (BASE_DIR / room).rglob("*.py"):
            found |= set(_READ.findall(Path(path).read_text()))
    return tuple(sorted(found))


def all_targets(people: dict[str, User], things: dict[str, list]) -> list[Target]:
    """Every door as it is, and every form and link of its page as the admin sees it."""
    found: dict[tuple, Target] = {}
    client = Client(raise_request_exception=False)
    client.force_login(people["admin"])
    for name, door in DOORS.items():
        address = reverse(name, args=things[door.thing])
        _keep(found, _target(address, door.method, {}, ()))
        if door.method != "get":
            continue
        response = client.get(address, things[door.asks])
        if response.status_code != 200 or not response.get("Content-Type", "").startswith("text/html"):
            continue
        forms, links = read_page(response.content.decode(), address)
        for form in forms:
            _keep(found, _target(form.path, form.method, form.values, form.files))
        for link in links:
            _keep(found, _target(link, "get", question(link), ()))
    return [target for _, target in sorted(found.items(), key=lambda item: repr(item[0]))]


def _target(address: str, method: str, values: dict, files: tuple[str, ...]) -> Target | None:
    path = urlsplit(address).path
    try:
        match = resolve(path)
    except Resolver404:
        return None
    pattern = patterns().get(match.view_name)
    if pattern is None or match.url_name == "account_logout":
        return None
    sent = tuple((name, tuple(given)) for name, given in values.items() if name != "csrfmiddlewaretoken")
    arguments = _arguments(pattern, path)
    return Target(match.view_name, pattern, arguments, method, sent, files)


def _arguments(pattern: str, path: str) -> tuple[tuple[str, str], ...]:
    """The arguments as they stand in the path."""
    names = re.findall(r"<(\w+)>", pattern)
    shape = re.escape(pattern)
    for name in names:
        shape = shape.replace(re.escape(f"<{name}>"), "(.+?)")
    match = re.fullmatch(shape, path.removeprefix("/"))
    return tuple(zip(names, match.groups(), strict=True)) if match else ()


def _keep(found: dict[tuple, Target], target: Target | None) -> None:
    """One target for each set of fields of each address; the first things it was seen with stay."""
    if target:
        key = (target.name, target.method, tuple(sorted(name for name, _ in target.values)), target.files)
        found.setdefault(key, target)
