"""The exports of the portal: each app's `exports/<name>.py` is found by itself, and all are guarded here.

An export is a class with `@register`: an `Export` yields rows, a `Paper` lays out pages. Its `__init__` fetches what
the file is about in the user's scope (Http404 if it is not there) and fills the five attributes; everything else, from
the right to the audit line, is done for it.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from importlib import import_module
from importlib.util import find_spec
from operator import itemgetter
from pathlib import Path
from pkgutil import iter_modules
from typing import ClassVar, TypeVar

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.http import Http404

from rtportal.accounts.models import User
from rtportal.accounts.scope import Right, scope_of
from rtportal.documents.tables import F4, PAPER_SIZES, Cell, Column, PaperSize, Sheet


class Document(ABC):
    """One kind of file, opened for one user and one set of choices."""

    identifier: ClassVar[str]  # in the address: `daftar-peserta`
    label: ClassVar[str]  # what people call it: `Daftar peserta`
    about: ClassVar[str]  # the choice it needs, such as "wave": pages of a wave offer all exports about waves
    also_about: ClassVar[tuple[str, ...]] = ()  # what it can be about instead: `program`
    right: ClassVar[Right] = Right.EXPORT
    formats: ClassVar[tuple[str, ...]]  # names of the formats it can be had in
    unit: ClassVar[str]  # what `count` counts: `baris`
    most_at_once: ClassVar[int]  # with more than these the worker writes it, not the request
    is_intimate: ClassVar[bool] = False  # tells so much about somebody that each time asks for a fresh proof

    # Filled by `__init__`.
    params: dict[str, int | str]  # the choices as they are stored, to open the same export again later
    region_code: str  # where the right must be held
    subject: str  # whose history tells of it: `wave:12`
    title: str  # `Daftar peserta Gelombang 1, Bimtek Ketua RT`
    filename: str  # without extension

    @abstractmethod
    def __init__(self, user: User, params: Mapping[str, object]):
        """Raises Http404 if the choices lead to nothing in the user's scope."""

    @abstractmethod
    def count(self) -> int:
        """How much there will be; one query."""

    def fingerprint(self) -> str:
        """Hash of all that the file tells, asked when it is written; "" where nobody asks whether that still holds."""
        return ""


class Export(Document):
    """A file of rows, in every format for tables."""

    formats = ("xlsx", "csv", "pdf")
    unit = "baris"
    # So many are there within a second.
    most_at_once = 2_000
    # Has cells of NIK or telephone numbers, which are masked unless `is_unmasked`.
    has_identity: ClassVar[bool] = False

    # What `open_export` sets: whether identity is told in full, and how the table is laid out.
    is_unmasked = False
    paper: PaperSize = F4
    chosen: Sequence[str] = ()  # names of columns in order; all, as they come, if empty

    @abstractmethod
    def columns(self) -> Sequence[Column]:
        """All there are, each with a name of its own."""

    @abstractmethod
    def rows(self) -> Iterator[Sequence[Cell]]:
        """The cells of each row, fetched in chunks: memory does not grow with the number of rows."""

    def totals(self) -> Sequence[Cell]:
        """The line below the rows, as many cells as there are columns; () for none."""
        return ()

    def narrowed_to(self) -> Sequence[tuple[str, str]]:
        """The filters that hold, in words: name and value."""
        return ()

    def arrange(self, params: Mapping[str, object]) -> None:
        """Take over `columns` (names with commas between) and `paper`; what is not known is passed over."""
        known = dict.fromkeys(column.name for column in self.columns())
        asked = str(params.get("columns", "")).split(",")
        self.chosen = [name for name in dict.fromkeys(asked) if name in known]
        if self.chosen == list(known):
            self.chosen = []
        self.paper = PAPER_SIZES.get(str(params.get("paper", "")), F4)
        # What goes without saying is not stored.
        if self.chosen:
            self.params["columns"] = ",".join(self.chosen)
        if self.paper != F4:
            self.params["paper"] = self.paper.name

    def sheet(self) -> Sheet:
        """The table with the columns that were asked for, in that order."""
        columns, totals = self.columns(), self.totals()
        if not self.chosen:
            return Sheet(self.label, columns, self.rows(), totals)
        places = {column.name: place for place, column in enumerate(columns)}
        picked = [places[name] for name in self.chosen]
        chosen = [columns[place] for place in picked]
        totals = [totals[place] for place in picked] if totals else ()
        if len(picked) == 1:
            return Sheet(self.label, chosen, ((row[picked[0]],) for row in self.rows()), totals)
        return Sheet(self.label, chosen, map(itemgetter(*picked), self.rows()), totals)

    def closing_sheets(self) -> Iterable[Sheet]:
        """Further sheets where the format has sheets; asked for after the last row."""
        return ()


class Phase(StrEnum):
    """When an event needs a paper; pages list the papers under these words."""

    BEFORE = "Sebelum kegiatan"
    DURING = "Pada hari kegiatan"
    AFTER = "Sesudah kegiatan"


class Paper(Document):
    """A file of pages that are laid out, as PDF; always the worker's."""

    formats = ("pdf",)
    most_at_once = 0
    phase = Phase.AFTER
    # What can be chosen before it is made: the parameter's name, what people call it, its values with their words.
    choices: ClassVar[Sequence[tuple[str, str, Sequence[tuple[str, str]]]]] = ()

    def lacks(self) -> str:
        """What is missing for the paper to be whole, as a sentence; "" if nothing is."""
        return ""

    @abstractmethod
    def write(self, target: Path, *, now: datetime, tell: Callable[[int], None]) -> None:
        """Write the file. Calls `tell` at least each second with how much is done; what that raises goes through.

        Raises InputError, whose sentence people read as the reason why there is no file.
        """

    def written(self, *, now: datetime) -> None:
        """What follows from the file being there. Called in the transaction that makes it ready."""


_exports: dict[str, type[Document]] = {}
Kind = TypeVar("Kind", bound=type[Document])


def register(export: Kind) -> Kind:
    """Class decorator that makes an export known. Raises ValueError if its identifier is taken."""
    known = _exports.setdefault(export.identifier, export)
    if known is not export:
        raise ValueError(f"two exports are called {export.identifier!r}")
    return export


def discover() -> None:
    """Import every module of every installed app's `exports` package."""
    for app in apps.get_app_configs():
        name = f"{app.name}.exports"
        package = find_spec(name)
        if package is None or package.submodule_search_locations is None:
            continue
        for module in iter_modules(package.submodule_search_locations, f"{name}."):
            import_module(module.name)


def exports_about(thing: str) -> list[type[Document]]:
    """What a page of this thing ("wave") can offer, by label."""
    about = (export for export in _exports.values() if thing in (export.about, *export.also_about))
    return sorted(about, key=lambda export: export.label)


def names_by_right() -> dict[Right, list[str]]:
    """Identifiers of the exports by the right that each asks for."""
    names: dict[Right, list[str]] = {}
    for export in _exports.values():
        names.setdefault(export.right, []).append(export.identifier)
    return names


def right_to(identifier: str) -> Right:
    """The right such a file asks for; that of any export where the export is gone."""
    kind = _exports.get(identifier)
    return kind.right if kind else Document.right


def thing_of(identifier: str) -> str:
    """What such a file is about ("wave"); "" where the export is gone."""
    kind = _exports.get(identifier)
    return kind.about if kind else ""


def is_intimate(identifier: str) -> bool:
    """Whether such a file asks for a fresh proof; no where the export is gone."""
    kind = _exports.get(identifier)
    return bool(kind and kind.is_intimate)


def unit_of(identifier: str) -> str:
    """What the rows of such a file are called; `baris` where the export is gone."""
    kind = _exports.get(identifier)
    return kind.unit if kind else Export.unit


def open_export(identifier: str, *, user: User, params: Mapping[str, object], is_unmasked: bool = False) -> Document:
    """The export, ready to be counted and read by this user now; `is_unmasked` asks for NIK and telephones in full.

    Raises Http404 for an unknown export or what is out of the user's scope, PermissionDenied without the right.
    """
    kind = _exports.get(identifier)
    if kind is None:
        raise Http404(f"no export {identifier!r}")
    export = kind(user, params)
    scope = scope_of(user)
    if not scope.may(kind.right, export.region_code):
        raise PermissionDenied
    if is_unmasked and not scope.may(Right.EXPORT_IDENTITY, export.region_code):
        raise PermissionDenied
    if isinstance(export, Export):
        export.arrange(params)
        export.is_unmasked = is_unmasked and export.has_identity
    return export
