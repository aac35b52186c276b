"""The filters of a wave's list of people, as files carry them."""

from collections.abc import Mapping

from django.db.models import QuerySet

from participants.models import Enrolment
from participants.queries.enrolment_list import (
    ANSWER_FILTERS,
    NO_GROUP,
    PARAMETERS,
    PRESENT_FILTERS,
    TOLD_FILTERS,
    people_of,
)
from participants.queries.roster import roster_of
from programs.models import Wave
from rtportal.accounts.models import User
from rtportal.regions.area_keys import area_full_name, split_key
from rtportal.regions.models import Region
from rtportal.web.search import typed_words

_KNOWN = {"answer": ANSWER_FILTERS, "told": TOLD_FILTERS, "present": PRESENT_FILTERS}
_LABELS = {
    "answer": "Jawaban",
    "told": "Pemberitahuan",
    "present": "Kehadiran",
    "group": "Kelompok",
    "area": "Wilayah",
    "search": "Dicari",
}


def asked_filters(params: Mapping[str, object]) -> dict[str, str]:
    """Arguments of `people_of` from parameters of an address; what filters nothing is left out."""
    asked = {argument: typed_words(str(params.get(name, ""))) for argument, name in PARAMETERS.items()}
    return {name: value for name, value in asked.items() if value and value in _KNOWN.get(name, [value])}


def as_params(asked: Mapping[str, str]) -> dict[str, str]:
    """The other way round."""
    return {PARAMETERS[argument]: value for argument, value in asked.items()}


def filtered_people(wave: Wave, user: User, asked: Mapping[str, str]) -> QuerySet[Enrolment]:
    """The wave's participants in the user's scope whom the list with these filters shows, as bare rows."""
    people = roster_of(wave, user)
    if not asked:
        return people
    return people.filter(pk__in=people_of(wave, user, **asked).order_by().values("pk"))


def filter_words(asked: Mapping[str, str]) -> list[tuple[str, str]]:
    """Each filter's name and what it keeps: `("Wilayah", "Kecamatan Jaro")`. One query for an area."""
    return [(_LABELS[name], _value(name, value)) for name, value in asked.items()]


def _value(name: str, value: str) -> str:
    if name in _KNOWN:
        return _KNOWN[name][value][0]
    if name == "group" and value == NO_GROUP:
        return "belum ada kelompok"
    if name == "area":
        code, rw = split_key(value)
        region = Region.objects.filter(pk=code).first()
        return area_full_name(region, rw) if region else value
    return value
