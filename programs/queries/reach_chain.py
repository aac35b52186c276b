"""The channels by which a programme reaches its people, in words and checked."""

from collections.abc import Iterable

from programs.errors import Refusal
from rtportal.messaging.channels import all_channels, configured, label_of, usual_chain


def chain_words(names: Iterable[str]) -> str:
    """`WhatsApp, lalu E-mail, lalu Surat`; an empty chain is the usual one and says so."""
    labels = ", lalu ".join(label_of(name) for name in names)
    return labels or f"rantai biasa ({', lalu '.join(label_of(name) for name in usual_chain())})"


def channels_on_offer(kept: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Name and label of each channel that can be used here, the usual ones first, and of those `kept` before."""
    known = all_channels()
    usable = list(dict.fromkeys([*usual_chain(), *configured(known)]))
    lost = [(name, f"{label_of(name)} (belum diatur di portal ini)") for name in kept if name not in usable]
    return [(name, label_of(name)) for name in usable] + lost


def refuse_odd_chain(names: list[str]) -> None:
    """Raises Refusal for a channel that there is not, or that comes twice."""
    if any(name not in all_channels() for name in names):
        raise Refusal("Saluran ini tidak ada di portal ini.", field="link_1")
    if len(set(names)) != len(names):
        raise Refusal("Setiap saluran hanya boleh dipilih satu kali.", field="link_1")
