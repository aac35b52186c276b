"""What was reported about the two events, and what was filled in.

PRESS: a newspaper printed the figure. SYNTHETIC: the total is printed, its split over the kecamatan is not; the rest
was shared out by the number of kelurahan/desa.
"""

from datetime import date
from typing import NamedTuple

PRESS, SYNTHETIC = "pers", "contoh"


class DistrictCount(NamedTuple):
    code: str
    heads: int
    wave: int  # 1, 2, 3; 0 where there is only one
    basis: str


# 951 RT heads in 12 kecamatan; wave 1 = 143 + 123 + 71 = 337 on 8 November 2023, the others on 15 and 29 November.
# metro7.co.id, November 2023; kalsel.antaranews.com/berita/393807
TABALONG = (
    DistrictCount("63.09.01", 94, 3, SYNTHETIC),
    DistrictCount("63.09.02", 75, 3, SYNTHETIC),
    DistrictCount("63.09.03", 88, 2, SYNTHETIC),
    DistrictCount("63.09.04", 94, 2, SYNTHETIC),
    DistrictCount("63.09.05", 81, 2, SYNTHETIC),
    DistrictCount("63.09.06", 143, 1, PRESS),
    DistrictCount("63.09.07", 123, 1, PRESS),
    DistrictCount("63.09.08", 44, 3, SYNTHETIC),
    DistrictCount("63.09.09", 44, 3, SYNTHETIC),
    DistrictCount("63.09.10", 38, 2, SYNTHETIC),
    DistrictCount("63.09.11", 71, 1, PRESS),
    DistrictCount("63.09.12", 56, 2, SYNTHETIC),
)
TABALONG_WAVE_DAYS = (date(2023, 11, 8), date(2023, 11, 15), date(2023, 11, 29))

# 1,650 RT heads of Kota Jambi; radarjambi.co.id, 29 April 2025 (the total only).
JAMBI = tuple(
    DistrictCount(f"15.71.{number:02d}", heads, 0, SYNTHETIC)
    for number, heads in enumerate((170, 121, 218, 97, 146, 121, 170, 170, 170, 121, 146), start=1)
)
