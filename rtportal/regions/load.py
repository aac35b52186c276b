"""Put the reference file of regions into the database."""

from collections.abc import Iterable

from django.db import connection, transaction

from rtportal.regions.models import Region
from rtportal.regions.reader import RegionRow, read_regions

# Named like the columns of Region, in the order of RegionRow.
COLUMNS = ("code", "name", "level", "kind", "parent_id", "time_zone", "latitude", "longitude")
# Eight values a row; old SQLite takes 999 in one statement.
ROWS_PER_STATEMENT = 100


class UnknownRegionCode(ValueError):
    """A prefix that is not the code of a region; its text is a sentence for the person who typed it."""


def load_regions(*, prefixes: Iterable[str] | None = None) -> int:
    """Bring the regions of the database up to the reference file, in one transaction.

    `prefixes` are codes such as "63.09": only these regions, all below them and all above them are loaded; None
    loads the whole country.

    Does: inserts what is missing and corrects what differs; returns how many rows it wrote, 0 when nothing differed.
    A region that the file no longer has stays, because people are registered under it.
    Refuses: a prefix that is no region's code (UnknownRegionCode); then nothing is written.
    Tells: nobody.
    """
    areas = None if prefixes is None else set(prefixes)
    wanted = list(read_regions(areas=areas))
    unknown = (areas or set()) - {row.code for row in wanted}
    if unknown:
        listed = ", ".join(f'"{code}"' for code in sorted(unknown))
        raise UnknownRegionCode(f"Kode wilayah tidak dikenal: {listed}.")
    with transaction.atomic():
        present = {row[0]: row for row in Region.objects.values_list(*COLUMNS).iterator()}
        differing = [row for row in wanted if present.get(row.code) != row]
        _upsert(differing)
    return len(differing)


def _upsert(rows: list[RegionRow]) -> None:
    # bulk_create(update_conflicts=True) takes four times as long on SQLite, and the whole country is loaded
    # while somebody waits for the first start.
    table = connection.ops.quote_name(Region._meta.db_table)
    columns = ", ".join(COLUMNS)
    corrections = ", ".join(f"{column} = excluded.{column}" for column in COLUMNS[1:])
    one_row = f"({', '.join(['%s'] * len(COLUMNS))})"
    with connection.cursor() as cursor:
        for start in range(0, len(rows), ROWS_PER_STATEMENT):
            chunk = rows[start : start + ROWS_PER_STATEMENT]
            places = ", ".join([one_row] * len(chunk))
            # Only names of this file and of the model stand in the text; the values travel apart from it.
            sql = f"INSERT INTO {table} ({columns}) VALUES {places} ON CONFLICT (code) DO UPDATE SET {corrections}"  # noqa: S608
            cursor.execute(sql, [value for row in chunk for value in row])
