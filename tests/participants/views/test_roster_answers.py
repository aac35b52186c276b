import pytest
from django.urls import reverse

from participants.models import RosterImport, RTHead
from participants.use_cases.process_roster_imports import process_roster_imports
from rtportal.audit.models import AuditEvent
from rtportal.lib.sheets import read_table
from tests import factories
from tests.participants import rosters

pytestmark = pytest.mark.django_db
State = RosterImport.State


@pytest.fixture
def official(client):
    factories.regions()
    who = factories.user()
    client.force_login(who)
    return who


def url(name: str, made: RosterImport) -> str:
    return reverse(f"participants:{name}", args=[made.pk])


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def checked_again(made: RosterImport) -> RosterImport:
    process_roster_imports(now=factories.NOW)
    made.refresh_from_db()
    return made


def asked(official) -> RosterImport:
    rows = [rosters.row(number=n, village="Belimbing R.") for n in (1, 2)]
    return rosters.previewed(rosters.csv(rows), by=official)


def field_of(page: str) -> str:
    return "tempat-" + page.split('name="tempat-')[1].split('"')[0]


def test_a_name_that_may_be_two_is_asked_on_the_page_and_the_answer_leads_to_the_preview(client, official):
    made = asked(official)
    assert made.state == State.ASKED
    page = text_of(client.get(url("import_detail", made)))
    assert "“Belimbing R.” di Kecamatan Murung Pudak" in page
    assert "Tertulis di 2 baris." in page
    assert "Kelurahan Belimbing Raya (63.09.06." in page
    code = next(one["code"] for one in made.questions[0]["candidates"] if one["name"].endswith("Raya"))
    response = client.post(url("import_places", made), {field_of(page): code})
    assert response.url == url("import_detail", made)
    made = checked_again(made)
    assert (made.state, made.new_count, made.fault_count) == (State.PREVIEWED, 2, 0)
    assert made.decisions["places"] == {"63.09.06/belimbingr": code}
    assert f"Kelurahan Belimbing Raya ({code})" in text_of(client.get(url("import_detail", made)))


def test_none_of_those_offered_leaves_the_rows_out_with_a_reason(client, official):
    made = asked(official)
    page = text_of(client.get(url("import_places", made)))
    client.post(url("import_places", made), {field_of(page): "tidak-ada"})
    made = checked_again(made)
    assert (made.state, made.new_count, made.fault_count) == (State.PREVIEWED, 0, 2)
    assert "tidak ada di Kecamatan Murung Pudak" in made.faults[0]["reasons"][0]


@pytest.mark.parametrize("answer", ["", "63.09.11.2001", "15.71.01.1001", "\x00", "x" * 5000])
def test_an_answer_that_was_not_offered_is_refused_beside_its_question(client, official, answer):
    made = asked(official)
    name = field_of(text_of(client.get(url("import_places", made))))
    response = client.post(url("import_places", made), {name: answer})
    assert response.status_code == 422
    assert "Pilih salah satu" in text_of(response)
    made.refresh_from_db()
    assert (made.state, made.decisions) == (State.ASKED, {})


def test_nothing_is_asked_where_nothing_is_open(client, official):
    made = rosters.previewed(rosters.csv([rosters.row()]), by=official)
    page = text_of(client.post(url("import_places", made), {}, follow=True))
    assert "tidak ada tempat yang ditanyakan" in page


def known(official) -> None:
    first = [rosters.row(number=n, name=name) for n, name in ((5, "Ahmad Fauzi"), (6, "Rusdi"), (7, "Nor Hayati"))]
    rosters.applied(rosters.csv([*first, rosters.row(village="Belimbing", name="Siti")]), by=official)


def test_rts_that_the_file_does_not_name_are_kept_unless_the_official_ends_their_terms(client, official):
    known(official)
    made = rosters.previewed(rosters.csv([rosters.row(name="Ahmad Fauzi")]), by=official)
    page = text_of(client.get(url("import_detail", made)))
    assert "RT yang tidak ada di berkas (3)" in page
    assert "RT 006: Rusdi" in page
    assert "Akhiri masa bakti 2 ketua di kelurahan/desa yang disebut di berkas" in page
    assert "Kelurahan/desa ini tidak disebut di berkas: dibiarkan" in page
    assert (made.missing_count, made.ended_count) == (3, 0)
    before = made.fingerprint
    client.post(url("import_missing", made), {"wish": "end"})
    made = checked_again(made)
    assert (made.state, made.missing_count, made.ended_count) == (State.PREVIEWED, 3, 2)
    assert made.fingerprint != before
    page = text_of(client.get(url("import_detail", made)))
    assert "Terapkan 0 baris, akhiri 2 masa bakti" in page
    client.post(url("import_apply", made), {"pratinjau": made.fingerprint})
    made = checked_again(made)
    assert {head.name for head in RTHead.objects.current()} == {"Ahmad Fauzi", "Siti"}
    ended = RTHead.objects.get(name="Rusdi")
    assert (ended.is_current, str(ended.term_ends_on)) == (False, "2026-03-02")
    assert "Masa bakti 2 ketua diakhiri" in text_of(client.get(url("import_detail", made)))


def test_a_kelurahan_may_be_left_out_of_the_ending(client, official):
    known(official)
    made = rosters.previewed(rosters.csv([rosters.row(), rosters.row(village="Belimbing", number="9")]), by=official)
    codes = [one["code"] for one in made.preview["missing"]["villages"]]
    assert len(codes) == 2
    client.post(url("import_missing", made), {"wish": "end", "kept": codes[:1]})
    made = checked_again(made)
    kept, ended = sorted(made.preview["missing"]["villages"], key=lambda one: one["is_ended"])
    assert (kept["code"], ended["code"]) == tuple(codes)


def test_nobody_is_ended_while_a_row_does_not_say_which_rt_it_is_of(client, official):
    known(official)
    made = rosters.previewed(rosters.csv([rosters.row(), rosters.row(number="?")]), by=official)
    client.post(url("import_missing", made), {"wish": "end"})
    made = checked_again(made)
    assert made.ended_count == 0
    assert "1 baris tidak menyebut RT-nya dengan jelas" in text_of(client.get(url("import_detail", made)))


@pytest.mark.parametrize("sent", [{}, {"wish": "x"}, {"wish": "end", "kept": "15.71.01.1001"}, {"wish": "\x00"}])
def test_a_wish_that_was_not_offered_changes_nothing(client, official, sent):
    known(official)
    made = rosters.previewed(rosters.csv([rosters.row()]), by=official)
    page = text_of(client.post(url("import_missing", made), sent, follow=True))
    assert "Pilih" in page
    made.refresh_from_db()
    assert (made.state, made.decisions) == (State.PREVIEWED, {})


def test_ended_terms_come_back_with_the_undo(client, official):
    known(official)
    before = rosters.roster()
    made = rosters.previewed(rosters.csv([rosters.row(name="Ahmad Fauzi")]), by=official)
    client.post(url("import_missing", made), {"wish": "end"})
    made = checked_again(made)
    client.post(url("import_apply", made), {"pratinjau": made.fingerprint})
    made = checked_again(made)
    assert rosters.roster() != before
    assert rosters.undone(made).restored == 2
    assert rosters.roster() == before


def test_repairs_and_warnings_stand_on_the_page(client, official):
    rows = [
        rosters.row(number="RT.5", phone="62 812-3456-7890", village="Kel. Blimbing Raya", nik=rosters.NIK),
        rosters.row(number="6", phone="0812-3456-7890", village="Kel. Blimbing Raya"),
    ]
    made = rosters.previewed(rosters.csv(rows), by=official)
    page = text_of(client.get(url("import_detail", made)))
    assert "Kelurahan/Desa: 2 sel" in page
    assert "Kel. Blimbing Raya" in page
    assert "dan 1 lagi" in page
    assert "+6281234567890" in page
    assert "Nomor HP yang sama tertulis 2 kali" in page
    assert (made.warning_count, made.repair_count) == (2, 8)
    assert rosters.NIK not in page


def test_the_corrected_copy_means_the_same_and_says_what_is_wrong_odd_or_mended(client, official):
    rows = [
        rosters.row(number="RT 5/RW 2", phone="62 812-3456-7890", village="Kel. Blimbing Raya", nik=rosters.NIK),
        rosters.row(number="6", phone="0812", name="=1+1|Siti"),
    ]
    made = rosters.previewed(rosters.csv(rows), by=official)
    copy = client.get(url("import_copy", made))
    table = read_table(copy.content, "a.xlsx", max_rows=9)
    first, second = (dict(zip(table.header, row.cells, strict=True)) for row in table.rows)
    assert (first["RT"], first["RW"], first["Nomor HP"]) == ("005", "002", "+6281234567890")
    assert first["Kelurahan/Desa"] == "Kelurahan Belimbing Raya"
    assert first["NIK"] == rosters.NIK
    assert "Diperbaiki: Nomor HP: 62 812-3456-7890 → +6281234567890" in first["Keterangan"]
    assert second["Keterangan"].startswith("Salah: Nomor telepon terlalu pendek: 0812.")
    assert AuditEvent.objects.get(action="roster.copied").actor == official
    again = rosters.previewed(copy.content, by=official)
    assert (again.state, again.new_count, again.fault_count) == (State.PREVIEWED, 1, 1)
    assert [group["label"] for group in again.preview["repairs"]] == ["Nama"]


@pytest.mark.parametrize(("role", "has_identity"), [("official", False), ("admin", True)])
def test_a_colleague_s_copy_holds_niks_only_for_whoever_may_have_them(client, official, role, has_identity):
    rows = [rosters.row(nik=rosters.NIK), rosters.row(number=rosters.OTHER_NIK)]
    made = rosters.previewed(rosters.csv(rows), by=official)
    client.force_login(factories.user(role=role))
    table = read_table(client.get(url("import_copy", made)).content, "a.xlsx", max_rows=9)
    shown = str(table)
    assert ("NIK" in table.header, rosters.NIK in shown, rosters.OTHER_NIK in shown) == (has_identity,) * 3
    sentence = AuditEvent.objects.get(action="roster.copied").sentence
    assert sentence.endswith("dengan NIK." if has_identity else "tanpa NIK.")


def test_there_is_no_copy_before_the_preview(client, official):
    assert "berkasnya tidak dapat disalin" in text_of(client.get(url("import_copy", asked(official)), follow=True))


def test_there_is_no_copy_of_what_is_closed(client, official):
    made = rosters.applied(rosters.csv([rosters.row()]), by=official)
    assert "berkasnya tidak dapat disalin" in text_of(client.get(url("import_copy", made), follow=True))


@pytest.mark.parametrize(
    ("role", "region", "status"), [("viewer", factories.TABALONG, 403), ("official", factories.JAMBI, 404)]
)
def test_strangers_find_nothing_and_others_may_not(client, official, role, region, status):
    made = asked(official)
    client.force_login(factories.user(role=role, region=region))
    for name, method in (("import_places", "get"), ("import_places", "post"), ("import_missing", "post"),
                         ("import_copy", "get")):  # fmt: skip
        assert getattr(client, method)(url(name, made)).status_code == status
