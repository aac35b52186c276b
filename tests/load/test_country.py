"""With many other offices in the database, no list page reads their rows."""

import pytest

# Enough that reading all of a table costs more than an index: some forty thousand heads.
OTHERS = ["11.01", "12.01", "13.01", "16.01", "18.01", "32.01", "33.01", "35.01", "52.01", "61.01", "64.01", "73.01"]


@pytest.mark.row_locks
@pytest.mark.django_db
def test_every_list_of_an_office_is_found_by_an_index():
    from tests.load.country_seed import grow_country
    from tests.load.country_sides import addresses, whole_reads
    from tests.load.list_seed import OFFICIAL

    grow_country(["63.09", *OTHERS])
    read = {label: found for label, address in addresses().items() if (found := whole_reads(OFFICIAL, address))}
    assert read == {}
