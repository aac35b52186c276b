"""What a wave must obey before it is written, and the seats it needs, in words."""

from collections.abc import Iterable
from datetime import datetime

from programs.errors import Refusal, SeatsShort
from programs.models import Program, Venue, Wave, WaveArea
from rtportal.lib.numbers import thousands
from rtportal.regions.area_keys import is_inside, split_key
from rtportal.regions.codes import VILLAGE, is_within
from rtportal.regions.models import Region

# Longer is a slip of the year.
LONGEST_WAVE_DAYS = 31


def check_times(starts_at: datetime, ends_at: datetime) -> None:
    """Refuse a wave that ends before it starts or lasts implausibly long."""
    if ends_at <= starts_at:
        raise Refusal("Waktu selesai harus setelah waktu mulai.", field="ends")
    if (ends_at - starts_at).days > LONGEST_WAVE_DAYS:
        raise Refusal(f"Gelombang paling lama {LONGEST_WAVE_DAYS} hari. Periksa tanggal selesainya.", field="ends_on")


def check_future(starts_at: datetime, now: datetime) -> None:
    if starts_at <= now:
        raise Refusal("Waktu mulai sudah lewat. Pilih tanggal dan jam yang akan datang.", field="day")


def publishing_closed(wave: Wave, now: datetime) -> str:
    """Why the wave's schedule cannot be published, whatever it says; "" if it can."""
    if wave.is_cancelled:
        return "Gelombang ini sudah dibatalkan, jadi jadwalnya tidak dapat diterbitkan."
    if now >= wave.ends_at:
        return "Gelombang ini sudah selesai, jadi jadwalnya tidak dapat diterbitkan lagi."
    return ""


def check_venue(program: Program, venue: Venue) -> None:
    if not is_within(venue.region_id, program.region_id):
        raise Refusal(f"{venue.name} tidak berada di {program.region.full_name}.", field="venue")


def check_areas(program: Program, keys: Iterable[str], others: Iterable[WaveArea]) -> list[WaveArea]:
    """The areas of the keys (`63.09.06`, `63.09.06.1001/003`), not saved, without those inside another one.

    Refuses: no area, an unknown one, one outside the programme's region, one that another wave of the programme
    (`others`, with `wave` and `region`) has wholly or in part. Two queries at most.
    """
    wanted = dict(sorted((key, split_key(key)) for key in set(keys)))
    regions = Region.objects.in_bulk({code for code, _ in wanted.values()})
    is_known = all(code in regions and (not rw or regions[code].level == VILLAGE) for code, rw in wanted.values())
    if not wanted or not is_known:
        raise Refusal("Pilih paling sedikit satu wilayah dari daftar.", field="areas")
    found = [WaveArea(program=program, region=regions[code], rw=rw) for code, rw in wanted.values()]
    for area in found:
        if not is_within(area.region_id, program.region_id):
            raise Refusal(f"{area.full_name} tidak berada di {program.region.full_name}.", field="areas")
    outermost = [one for one in found if not any(one is not two and is_inside(one.key, two.key) for two in found)]
    taken = []
    for other in others:
        for area in outermost:
            if is_inside(area.key, other.key):
                taken.append(f"{area.full_name} sudah masuk {other.wave.title}")
            elif is_inside(other.key, area.key):
                taken.append(f"sebagian {area.full_name} ({other.full_name}) sudah masuk {other.wave.title}")
    if taken:
        sentence = "; ".join(dict.fromkeys(taken))
        raise Refusal(f"{sentence[0].upper()}{sentence[1:]} dalam program ini.", field="areas")
    return outermost


def check_seats(needed: int, capacity: int, accepted: int) -> int:
    """How many seats stand accepted beyond the capacity: 0 while all have a seat, else `needed`.

    Refuses (SeatsShort) if more are needed than there are and fewer than that were accepted.
    """
    if needed <= capacity:
        return 0
    if accepted < needed:
        raise SeatsShort(needed=needed, capacity=capacity)
    return needed


def seats_sentence(counts: list[int], seats_per_head: int, capacity: int | None) -> str:
    """`143 + 123 + 71 = 337 ketua RT dari 350 kursi`; empty areas are left out, companions said apart."""
    if not counts:
        return "Belum ada wilayah yang dipilih."
    heads, terms = sum(counts), [thousands(count) for count in counts if count]
    words = f"{' + '.join(terms)} = " if len(terms) > 1 else ""
    words += f"{thousands(heads)} ketua RT"
    if seats_per_head > 1:
        words += f", bersama pendamping {thousands(heads * seats_per_head)} orang"
    return f"{words} dari {thousands(capacity)} kursi" if capacity is not None else words
