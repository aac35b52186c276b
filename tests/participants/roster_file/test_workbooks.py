import pytest

from participants.roster_file.columns import find_columns
from participants.roster_file.reading import read_roster
from participants.roster_file.workbooks import fault_list, template
from rtportal.lib.errors import InputError
from rtportal.lib.sheets import read_table, read_tables
from rtportal.regions.models import Region
from tests import factories

pytestmark = pytest.mark.django_db


def test_the_template_has_every_column_and_is_refused_only_because_it_is_empty():
    factories.regions()
    villages = Region.objects.villages().within([factories.JARO]).select_related("parent")
    packed = template(villages)
    tables = read_tables(packed, "contoh.xlsx", max_rows=100).tables
    assert len(find_columns(tables[0].header).at) == 16
    assert [table.sheet for table in tables] == ["Ketua RT", "Petunjuk", "Daftar kode wilayah"]
    with pytest.raises(InputError, match="belum ada baris yang terisi"):
        read_roster(packed, "contoh.xlsx", Region.objects.get(pk=factories.TABALONG))


def test_the_list_of_faults_holds_row_numbers_reasons_and_no_formula():
    values = {"name": "=1+1", "number": "005", "rw": "", "village": "Jaro", "district": "Jaro", "code": ""}
    packed = fault_list([{"row": 7, "sheet": "Jaro", "reasons": ["Satu.", "Dua."], "values": values}])
    table = read_table(packed, "masalah.xlsx", max_rows=10)
    assert table.rows[0].cells[:5] == ["7", "Jaro", "Satu.\nDua.", "=1+1", "005"]
