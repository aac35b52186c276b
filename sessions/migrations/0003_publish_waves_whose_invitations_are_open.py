"""People were told of these waves before there were publications: what stands in their rows is what is known."""

from datetime import UTC

from django.db import migrations

_RANK = {"speaker": 0, "moderator": 1, "standby": 2}


def publish(apps, schema_editor):
    Wave = apps.get_model("programs", "Wave")
    WavePublication = apps.get_model("programs", "WavePublication")
    HallBooking = apps.get_model("programs", "HallBooking")
    SpeakerBooking = apps.get_model("training_sessions", "SpeakerBooking")
    waves = Wave.objects.filter(invitations_opened_at__isnull=False, publication=None, cancelled_at=None)
    halls, people = _Taken(), _Taken()
    for wave in waves.select_related("venue", "program__region").order_by("starts_at", "id"):
        facts = _facts(apps, wave)
        wave.publication = WavePublication.objects.create(
            wave=wave, number=1, published_at=wave.invitations_opened_at, facts=facts
        )
        wave.save(update_fields=["publication"])
        # Two old waves may lie in one hall at one time, which was only warned of. The first keeps it; both stay
        # published, and the pages say what clashes.
        if halls.take(wave.venue_id, wave.starts_at, wave.ends_at):
            HallBooking.objects.create(
                wave=wave, venue_id=wave.venue_id, starts_at=wave.starts_at, ends_at=wave.ends_at
            )
        for part in _parts(apps, wave):
            session = part.session
            is_sure = part.status == "confirmed" and part.role in ("speaker", "moderator")
            if is_sure and people.take(part.speaker_id, session.starts_at, session.ends_at):
                SpeakerBooking.objects.create(
                    part=part,
                    speaker_id=part.speaker_id,
                    wave=wave,
                    starts_at=session.starts_at,
                    ends_at=session.ends_at,
                )


class _Taken:
    """Which hours of whom are given away."""

    def __init__(self):
        self._hours = {}

    def take(self, whose, starts_at, ends_at):
        mine = self._hours.setdefault(whose, [])
        if any(starts_at < end and start < ends_at for start, end in mine):
            return False
        mine.append((starts_at, ends_at))
        return True


def _facts(apps, wave):
    sessions = apps.get_model("training_sessions", "TrainingSession").objects.filter(wave=wave)
    agenda = {
        session.pk: {
            "session": session.pk,
            "kind": session.kind,
            "title": session.title,
            "starts_at": _text(session.starts_at),
            "ends_at": _text(session.ends_at),
            "room": session.room,
            "group": session.group,
            "speakers": [],
        }
        for session in sessions.order_by("starts_at", "id")
    }
    for part in _parts(apps, wave):
        speaker = part.speaker
        agenda[part.session_id]["speakers"].append(
            {
                "part": part.pk,
                "speaker": speaker.pk,
                "title": _title(speaker),
                "institution": speaker.institution,
                "role": part.role,
                "status": part.status,
            }
        )
    return {
        "starts_at": _text(wave.starts_at),
        "ends_at": _text(wave.ends_at),
        "venue_id": wave.venue_id,
        "venue": wave.venue.name,
        "address": wave.venue.address,
        "zone": wave.program.region.time_zone,
        "agenda": list(agenda.values()),
    }


def _parts(apps, wave):
    rows = apps.get_model("training_sessions", "SessionSpeaker").objects.filter(session__wave=wave)
    rows = rows.select_related("speaker", "session").order_by("id")
    return sorted(rows, key=lambda part: _RANK[part.role])


def _title(speaker):
    name = " ".join(word for word in (speaker.gelar_depan, speaker.name) if word)
    full = ", ".join(word for word in (name, speaker.gelar_belakang) if word)
    return ", ".join(word for word in (full, speaker.position) if word)


def _text(instant):
    return instant.astimezone(UTC).isoformat()


class Migration(migrations.Migration):
    dependencies = [
        ("programs", "0003_plan_publish_and_mark_days"),
        ("training_sessions", "0002_ask_speakers_and_keep_materials"),
    ]

    operations = [migrations.RunPython(publish, migrations.RunPython.noop, elidable=True)]
