"""Files by others are what their table says, and nothing points out of the portal."""

import hashlib
import re

import pytest
from django.conf import settings

VENDOR = settings.BASE_DIR / "static" / "vendor"
ROW = re.compile(r"^\| `([^`]+)` \|.*`([0-9a-f]{64})` \|$", re.MULTILINE)
TABLE = dict(ROW.findall((VENDOR / "README.md").read_text()))


def test_every_vendored_file_stands_in_the_table():
    found = {str(path.relative_to(VENDOR)) for path in VENDOR.rglob("*") if path.is_file()}
    assert found - {"README.md"} == set(TABLE)


@pytest.mark.parametrize("name", TABLE)
def test_its_checksum_is_the_recorded_one(name):
    assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == TABLE[name]


@pytest.mark.parametrize("name", [name for name in TABLE if name.endswith((".css", ".js"))])
def test_it_names_no_source_map_that_is_not_there(name):
    assert b"sourceMappingURL" not in (VENDOR / name).read_bytes()


@pytest.mark.parametrize("name", [name for name in TABLE if "." in name.rpartition("/")[2]])
def test_its_licence_lies_beside_it(name):
    assert (VENDOR / name).with_name("LICENSE").is_file()
