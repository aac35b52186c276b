"""Waves that people were told of before there were publications."""

from importlib import import_module

import pytest
from django.apps import apps

from participants.publishing import facts_of
from programs.models import HallBooking, Wave, WavePublication
from sessions.models import SessionSpeaker, SpeakerBooking
from tests import factories

pytestmark = pytest.mark.django_db

publish = import_module("sessions.migrations.0003_publish_waves_whose_invitations_are_open").publish


def test_a_wave_whose_invitations_are_open_is_published_as_it_stands():
    factories.regions()
    hall, who = factories.venue(), factories.speaker(name="Ahmad", gelar_depan="H.", gelar_belakang="S.Pd.")
    known = factories.wave(venue=hall, invitations_opened_at=factories.NOW, published=False)
    beside = factories.wave(venue=hall, areas=(), invitations_opened_at=factories.NOW, published=False)
    draft = factories.wave(areas=(), published=False)
    factories.session(wave=known, room="Ruang 2", speakers=[who, factories.speaker(position="Bupati")])
    SessionSpeaker.objects.filter(speaker__position="Bupati").update(role="moderator", status="invited")
    factories.session(wave=beside, speakers=[who])
    publish(apps, None)

    first = Wave.objects.select_related("publication", "venue", "program__region").get(pk=known.pk)
    assert first.publication.number == 1
    assert first.publication.published_at == factories.NOW
    # A publication of that time tells no coordinates: halls had none.
    told = {name: fact for name, fact in facts_of(first).items() if name not in ("latitude", "longitude")}
    assert first.publication.facts == told
    assert Wave.objects.get(pk=draft.pk).is_draft
    # Both were told of, so both are published; hall and speaker are taken by the first.
    assert WavePublication.objects.count() == 2
    assert HallBooking.objects.get().wave == known
    assert SpeakerBooking.objects.get().wave == known
