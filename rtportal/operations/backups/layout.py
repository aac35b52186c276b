"""What an archive holds, in this order. It is a tar inside age, so any server can read it without this program:

age --decrypt -i KEY backup.tar.age | tar -x

manifest.json            version, instant, kind of database, its migrations, rows and checksum of each table
keys.json                what encrypts and signs in this database
database/000000 …        the dump in pieces: together `pg_restore` takes it, or they are an SQLite database
files/…                  everything that was uploaded or made
checksums/000000 …       after every thousand members: SHA-256 of each, as `sha256sum --check` takes it
end.json                 how many members and bytes there were; without it the archive is not whole
"""

from dataclasses import asdict, dataclass

FORMAT = 1
MANIFEST = "manifest.json"
KEYS = "keys.json"
DATABASE = "database/"
FILES = "files/"
CHECKSUMS = "checksums/"
END = "end.json"
SUFFIX = ".tar.age"

# Pieces of a dump, and how many members wait for their checksums: what bounds the memory of both sides.
PIECE = 4 * 1024 * 1024
MEMBERS_PER_LIST = 1000


@dataclass(frozen=True)
class TableState:
    """`checksum` does not depend on the order of the rows; tables of different kinds of database do not compare."""

    rows: int
    checksum: str


@dataclass(frozen=True)
class Manifest:
    """What an archive says of itself. `made_at` is ISO 8601 in UTC, `database` "postgresql" or "sqlite"."""

    format: int
    version: str
    made_at: str
    database: str
    server: str
    migrations: list[str]
    tables: dict[str, TableState]

    def as_dict(self) -> dict:
        return asdict(self)

    @classmethod
    def from_dict(cls, told: dict) -> "Manifest":
        """Raises TypeError or KeyError for anything that is not a manifest of this format."""
        tables = {name: TableState(**state) for name, state in told["tables"].items()}
        return cls(**{**told, "tables": tables})

    @property
    def row_count(self) -> int:
        return sum(state.rows for state in self.tables.values())
