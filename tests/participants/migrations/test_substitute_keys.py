from importlib import import_module

import pytest
from django.apps import apps

from participants.models import Enrolment
from participants.substitutes import substitute_key
from tests import factories
from tests.participants.substitutes import BUDI, name_substitute
from tests.participants.two_waves import enrol, two_waves

pytestmark = pytest.mark.django_db


def test_substitutes_named_before_there_were_keys_are_known_and_doubles_stay_as_they_were():
    factories.regions(factories.MURUNG_PUDAK, factories.JARO)
    first, second, third, other = enrol(two_waves()[0], 4)
    people = {first: "H. Budi Santoso", second: "BUDI SANTOSO", third: "Siti Aminah"}
    for person, name in people.items():
        fields = {"substitute_name": name, "substitute_phone": "+6281311112222"}
        Enrolment.objects.filter(pk=person.pk).update(answer="represented", answered_at=factories.NOW, **fields)
    named = name_substitute(other, BUDI | {"substitute_phone": "0813-9999-0000"})
    import_module("participants.migrations.0015_say_who_substitutes_are").fill_keys(apps, None)
    keys = dict(Enrolment.objects.values_list("pk", "substitute_key"))
    assert keys == {
        first.pk: substitute_key("Budi Santoso", "+6281311112222"),
        second.pk: "",
        third.pk: substitute_key("Siti Aminah", "+6281311112222"),
        other.pk: named.substitute_key,
    }
