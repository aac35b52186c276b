"""What stands above and below every letter: head, number, nature, copies, signature; and words of a programme."""

import pytest

from participants.models import Enrolment, RTHead
from programs.models import Office, PaperSettings, Program
from programs.use_cases.save_letterhead import save_letterhead
from programs.vocabulary import scope_of_program
from rtportal.messaging.kinds import render
from rtportal.messaging.models import Message, Wording
from tests import factories
from tests.factories import NOW
from tests.participants.letters import pages, print_letters, village, wave_by_letter
from tests.rtportal.lib.pictures import png

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    return wave_by_letter(3)


def sign(program: Program, **fields) -> None:
    signer = factories.signatory(
        office=program.office, name="Rahmadi", gelar_depan="Drs. H.", gelar_belakang="M.Si.", rank="Pembina Utama Muda"
    )
    PaperSettings.objects.create(program=program, signer=signer, **fields)


def test_a_letter_has_head_number_nature_copies_and_signature(wave):
    program, admin = wave.program, factories.user(role="admin")
    Program.objects.update(letter_number="400.10/12/DPMD/{bulan_romawi}/{tahun}")
    save_letterhead(
        office=program.office,
        version=1,
        address="Jalan Pangeran Antasari Nomor 1",
        city="Tanjung",
        contact_lines="surel dpmd@tabalongkab.go.id",
        logo=png(),
        actor=admin,
        now=NOW,
    )
    sign(program, nature="Segera", copies_to="Bupati Tabalong\nInspektur Daerah")
    Wording.objects.create(
        kind="paper_surat_undangan",
        scope=scope_of_program(program.pk),
        number=1,
        subject="Undangan Bimtek",
        text="Kepada {nama}, kami undang.\n\n{rincian}\n\nSekian.",
        created_at=NOW,
        created_by=admin,
    )
    cover, sheet = pages(print_letters(wave, admin, area=village().code))
    assert "Jalan Pangeran Antasari Nomor 1" in cover
    for words in (
        "surel dpmd@tabalongkab.go.id",
        "Nomor : 400.10/12/DPMD/III/2026",
        "Sifat : Segera",
        "Lampiran : –",
        "Hal : Undangan Bimtek",
        "Tanjung, 2 Maret 2026",
        f"Kepada {RTHead.objects.get(rt__village=village().code).full_name}, kami undang.",
        "Hari, tanggal : Rabu, 8 April 2026",
        "Sekian.",
        "1. Bupati Tabalong 2. Inspektur Daerah",
        "Kepala Dinas, Drs. H. Rahmadi, M.Si. Pembina Utama Muda NIP 197001011995031001",
        "TANDA TERIMA SURAT",
    ):
        assert words in sheet
    assert "{" not in sheet


@pytest.mark.parametrize("is_in_one_word", [False, True])
def test_all_at_their_longest_still_stay_on_one_sheet(wave, is_in_one_word):
    program = wave.program
    Program.objects.update(name=("Bimbingan Teknis Ketua Rukun Tetangga " * 6)[:200], letter_number="4" * 80)
    Office.objects.update(
        name=("Dinas Pemberdayaan Masyarakat dan Desa " * 4)[:150],
        address="Jalan Perkantoran " * 11,
        contact_lines="Telepon (0526) 2021234 " * 8,
        city="Tanjung",
    )
    program.office.refresh_from_db()
    sign(program, copies_to="\n".join(f"Kepala Badan Perencanaan {at} Kabupaten Tabalong" for at in range(10)))
    RTHead.objects.update(
        name=("AbdurrahmanWahid" * 7 if is_in_one_word else "Abdurrahman Wahid " * 7)[:120],
        gelar_depan="Prof. Dr. Drs. H.",
        gelar_belakang="S.Pd.",
    )
    file = print_letters(wave, factories.user(), area=village().code)
    assert len(pages(file)) == 2


def test_the_number_is_the_same_in_the_message_and_on_the_personal_page(wave, client):
    Program.objects.update(letter_number="400.10/12/DPMD/{bulan_romawi}/{tahun}")
    message, person = Message.objects.first(), Enrolment.objects.first()
    assert "(surat nomor 400.10/12/DPMD/III/2026)" in render([message])[message.pk].text
    assert "Surat nomor 400.10/12/DPMD/III/2026" in client.get(factories.personal_path(person)).content.decode()
    Program.objects.update(letter_number="400.10/{urut}/DPMD")
    assert "surat nomor" not in render([message])[message.pk].text
