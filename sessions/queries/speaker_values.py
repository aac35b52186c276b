"""What is known of a speaker, field by field, as audit lines keep it and the official who saves second is told."""

from rtportal.lib import phones
from sessions.models import Speaker


def speaker_key(pk: int) -> str:
    """Under which key an audit line of the region holds a speaker's version and changes."""
    return f"speaker:{pk}"


def speaker_values(speaker: Speaker) -> dict[str, str]:
    """Label → value as people read it."""
    return {
        "Gelar depan": speaker.gelar_depan,
        "Nama": speaker.name,
        "Gelar belakang": speaker.gelar_belakang,
        "Jabatan": speaker.position,
        "Instansi": speaker.institution,
        "Telepon": phones.display(speaker.phone),
        "Alamat e-mail": speaker.email,
        "Topik": speaker.topics,
    }


def split_topics(text: str) -> list[str]:
    """Topics as they are shown: `Bahaya narkoba, Rehabilitasi` are two."""
    return list(dict.fromkeys(" ".join(topic.split()) for topic in text.replace("\n", ",").split(",") if topic.strip()))
