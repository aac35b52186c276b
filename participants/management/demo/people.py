"""Made-up RT heads, the same ones on every machine."""

import random
from dataclasses import dataclass

from participants.models import RT, RTHead
from rtportal.regions.models import Region

# fmt: off
_MEN = (
    "Abdul", "Ahmad", "Akhmad", "Ali", "Alfian", "Andi", "Anwar", "Arbain", "Arifin", "Asmuni", "Aspian",
    "Bahrani", "Basuki", "Budi", "Burhan", "Darmawan", "Didi", "Edy", "Fahmi", "Fauzi", "Gazali", "Hadi",
    "Hamdani", "Hamsani", "Hasan", "Hendra", "Herman", "Husaini", "Ibrahim", "Idris", "Ilham", "Ismail",
    "Jainudin", "Jamhari", "Johansyah", "Jumadi", "Junaidi", "Kaspul", "Khairul", "Kurnain", "Mahyudin",
    "Marzuki", "Masrani", "Mulyadi", "Murjani", "Nasrullah", "Nurdin", "Padlan", "Rahmat", "Rahmadi", "Ramli",
    "Riduan", "Rusdi", "Rusmadi", "Saberi", "Saidi", "Samsuni", "Sarkani", "Slamet", "Sugeng", "Sulaiman",
    "Supardi", "Suriansyah", "Suyanto", "Syahrani", "Syahrul", "Syamsul", "Taufik", "Tarmizi", "Untung", "Usman",
    "Wahyudi", "Yani", "Yusuf", "Zainal", "Zulkifli",
)
_WOMEN = (
    "Aminah", "Fatimah", "Halimah", "Hasanah", "Jamilah", "Kartini", "Mariani", "Misnah", "Noraini", "Nurhayati",
    "Rahmawati", "Rusmini", "Salasiah", "Siti",
)
_FAMILY = (
    "Anshari", "Arsyad", "Asy'ari", "Effendi", "Firdaus", "Hakim", "Halim", "Harun", "Hidayat", "Ihsan",
    "Iskandar", "Kurniawan", "Lubis", "Maulana", "Mukhlis", "Noor", "Nugroho", "Pratama", "Rahman", "Ramadhan",
    "Rasyid", "Ridha", "Rizali", "Saputra", "Setiawan", "Siregar", "Subhan", "Sulistyo", "Suryadi", "Syahputra",
    "Wahab", "Wibowo", "Wijaya", "Yahya", "Yulianto", "Zaini",
)
# fmt: on
_MENS_TITLES = ["H."] * 6 + ["Drs."] + [""] * 33
_WOMENS_TITLES = ["Hj."] * 6 + [""] * 34
_BACK = ["S.Pd."] * 2 + ["S.E."] * 2 + ["S.Sos."] + ["A.Md."] + [""] * 44


@dataclass(frozen=True)
class Shares:
    """Of a hundred heads, how many have no e-mail address and no telephone."""

    without_email: int = 6
    without_phone: int = 3


def make_heads(district: Region, count: int, *, stem: str, shares: Shares | None = None) -> list[RTHead]:
    """Create `count` RTs with their heads, spread evenly over the district's kelurahan/desa.

    `stem` keeps addresses and numbers of different districts apart: five digits.
    """
    shares = shares or Shares()
    dice = random.Random(district.code)  # noqa: S311 - repeatable, nothing secret
    villages = list(Region.objects.villages().filter(parent=district).order_by("code"))
    units = RT.objects.bulk_create(
        RT(village=villages[index % len(villages)], number=f"{index // len(villages) + 1:03d}")
        for index in range(count)
    )
    return RTHead.objects.bulk_create(_head(unit, index, stem, dice, shares) for index, unit in enumerate(units))


def _head(unit: RT, index: int, stem: str, dice: random.Random, shares: Shares) -> RTHead:
    is_woman = dice.randrange(100) < 15
    name = f"{dice.choice(_WOMEN if is_woman else _MEN)} {dice.choice(_FAMILY)}"
    address = name.lower().replace(" ", ".").replace("'", "")
    wants_email = dice.randrange(100) >= shares.without_email
    has_phone = dice.randrange(100) >= shares.without_phone
    # Whoever has no telephone reads no e-mail either: they get a letter.
    has_email = wants_email and has_phone
    return RTHead(
        rt=unit,
        gelar_depan=dice.choice(_WOMENS_TITLES if is_woman else _MENS_TITLES),
        name=name,
        gelar_belakang=dice.choice(_BACK),
        phone=f"+62812{stem}{index:03d}" if has_phone else "",
        email=f"{address}.{stem}{index:03d}@contoh.invalid" if has_email else "",
        is_synthetic=True,
    )
