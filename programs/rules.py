"""What a wave must obey before it is written, and the seats it needs, in words."""

from collections.abc import Iterable
from datetime import datetime

from programs.errors import Refusal, SeatsShort
from programs.models import Program, Venue, WaveArea
from rtportal.lib.numbers import thousands
from rtportal.regions.codes import is_within
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


def check_venue(program: Program, venue: Venue) -> None:
    if not is_within(venue.region_id, program.region_id):
        raise Refusal(f"{venue.name} tidak berada di {program.region.full_name}.", field="venue")


def check_areas(program: Program, codes: Iterable[str], others: Iterable[WaveArea]) -> list[Region]:
    """The regions of the codes, without those inside another one.

    Refuses: no area, an unknown one, one outside the programme's region, one that another wave of the programme
    (`others`, with `wave` and `region`) has wholly or in part. Two queries at most.
    """
    found = list(Region.objects.filter(code__in=set(codes)).order_by("code"))
    if not found or len(found) != len(set(codes)):
        raise Refusal("Pilih paling sedikit satu wilayah dari daftar.", field="areas")
    for region in found:
        if not is_within(region.code, program.region_id):
            raise Refusal(f"{region.full_name} tidak berada di {program.region.full_name}.", field="areas")
    outermost = [one for one in found if not any(one is not two and is_within(one.code, two.code) for two in found)]
    taken = []
    for other in others:
        for region in outermost:
            if is_within(region.code, other.region_id):
                taken.append(f"{region.full_name} sudah masuk {other.wave.title}")
            elif is_within(other.region_id, region.code):
                taken.append(f"sebagian {region.full_name} ({other.region.full_name}) sudah masuk {other.wave.title}")
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
