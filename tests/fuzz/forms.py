"""Forms and links as they stand in a page of HTML: what a browser could send from it."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urljoin, urlsplit

# Kinds of inputs that send nothing by themselves.
SILENT = {"reset", "button", "image"}


@dataclass(frozen=True)
class Form:
    """`path` it goes to, "get" or "post", values by name as the page fills them in, and the names of file fields."""

    path: str
    method: str
    values: dict[str, tuple[str, ...]]
    files: tuple[str, ...] = ()


@dataclass
class _Open:
    path: str
    method: str
    values: dict[str, list[str]] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)

    def add(self, name: str, value: str) -> None:
        self.values.setdefault(name, []).append(value)


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.forms: list[_Open] = []
        self.by_id: dict[str, _Open] = {}
        self.orphans: list[tuple[str, str, str]] = []
        self.links: set[str] = set()
        self._form: _Open | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            path = urljoin(self.address, told.get("action") or self.address)
            self._form = _Open(path, told.get("method", "get").lower())
            self.forms.append(self._form)
            if "id" in told:
                self.by_id[told["id"]] = self._form
        elif tag in {"input", "button", "textarea", "select"}:
            self._field(tag, told)
        elif tag == "option" and self._select:
            self._put(self._select, told.get("value", ""), "")
        for name in ("href", "hx-get", "data-url"):
            if told.get(name, "").startswith(("/", "?")):
                self.links.add(urljoin(self.address, told[name]))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""

    def _field(self, tag: str, told: dict[str, str]) -> None:
        name, kind = told.get("name", ""), told.get("type", "")
        if not name or kind in SILENT:
            return
        if tag == "select":
            self._select = name
        elif kind == "file":
            if self._form:
                self._form.files.append(name)
        else:
            self._put(name, told.get("value", ""), told.get("form", ""))

    def _put(self, name: str, value: str, owner: str) -> None:
        if owner:
            self.orphans.append((owner, name, value))
        elif self._form:
            self._form.add(name, value)


def read_page(html: str, address: str) -> tuple[list[Form], set[str]]:
    """The forms of a page and the addresses on this site that it links to, with their questions."""
    reader = _Reader(address)
    reader.feed(html)
    for owner, name, value in reader.orphans:
        if owner in reader.by_id:
            reader.by_id[owner].add(name, value)
    forms = [
        Form(
            one.path,
            one.method,
            {name: tuple(values) for name, values in one.values.items()},
            tuple(dict.fromkeys(one.files)),
        )
        for one in reader.forms
    ]
    return forms, reader.links


def question(address: str) -> dict[str, tuple[str, ...]]:
    """The parameters behind the question mark of an address."""
    found: dict[str, list[str]] = {}
    for name, value in parse_qsl(urlsplit(address).query, keep_blank_values=True):
        found.setdefault(name, []).append(value)
    return {name: tuple(values) for name, values in found.items()}
