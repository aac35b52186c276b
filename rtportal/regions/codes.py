"""Official region codes (Kemendagri): `PP`, `PP.KK`, `PP.KK.CC`, `PP.KK.CC.DDDD`."""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import CharField, Lookup, Q

PROVINCE, REGENCY, DISTRICT, VILLAGE = 1, 2, 3, 4


def level_of(code: str) -> int:
    """1 province, 2 kabupaten/kota, 3 kecamatan, 4 kelurahan/desa."""
    return code.count(".") + 1


def ancestors(code: str) -> list[str]:
    """Codes above this one, the province first: `63.09.06` gives `["63", "63.09"]`."""
    parts = code.split(".")
    return [".".join(parts[:length]) for length in range(1, len(parts))]


def cut(code: str, level: int) -> str:
    """The code of the region of that level which contains `code` (or `code` itself if it lies higher)."""
    return ".".join(code.split(".")[:level])


def is_within(code: str, area: str) -> bool:
    return code == area or code.startswith(area + ".")


def within_q(field: str, areas: Iterable[str]) -> Q:
    """Rows whose region code in `field` lies in one of the areas; no area, no row.

    `field` is a foreign key's column (`village_id`) or the code itself.
    """
    # Django compares the start of a foreign key only by the name of what it points to; no join comes of it.
    code = field.removesuffix("_id") + "__code" if field.endswith("_id") else field
    parts = [Q(**{field: area}) | Q(**{f"{code}__below": area}) for area in areas]
    return reduce(or_, parts, Q(pk__in=[]))


@CharField.register_lookup
class Below(Lookup):
    """`village__code__below="63.09"`: region codes that begin with `63.09.`.

    Not LIKE: PostgreSQL would compare with that only after row-level security, past every index. These comparisons
    byte by byte may come first, and find the range in an index with `varchar_pattern_ops`.
    """

    lookup_name = "below"

    def as_sql(self, compiler, connection) -> tuple[str, list]:
        from_, to = ("~>=~", "~<~") if connection.vendor == "postgresql" else (">=", "<")
        left, left_parameters = self.process_lhs(compiler, connection)
        # What follows `63.09.` lies before `63.09/`, the next character.
        sql = f"({left} {from_} %s AND {left} {to} %s)"
        return sql, [*left_parameters, f"{self.rhs}.", *left_parameters, f"{self.rhs}/"]
