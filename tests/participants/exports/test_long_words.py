"""What has no blanks stays on its sheet and in its column, on every paper of a wave."""

import pypdfium2
import pytest

from participants.exports.spj_parts import paper_kinds
from participants.exports.wave_paper import NothingOnPaper
from participants.models import RTHead, WaveReport
from programs.models import CommitteeMember, Office, PaperSettings, Signatory
from rtportal.documents.registry import open_export
from sessions.models import SessionSpeaker, Speaker, SpeakerFee, TrainingSession
from tests import factories
from tests.participants.certified import after
from tests.participants.papers import numbered
from tests.participants.spj import held_wave, pays

pytestmark = pytest.mark.django_db

NAME, LONG = "Q" * 120, "M" * 200


@pytest.fixture
def world():
    wave, _, official = held_wave(count=2, came=2)
    pays(wave)
    office, session = wave.program.office, TrainingSession.objects.get()
    Office.objects.update(address=LONG, contact_lines=LONG)
    signer = factories.signatory(office=office)
    Signatory.objects.update(name=NAME, position=LONG, rank="R" * 80, nip="1" * 18)
    PaperSettings.objects.update(signer=signer, pptk=signer, treasurer=signer)
    RTHead.objects.update(name=NAME, gelar_belakang="B" * 60)
    speaker = factories.speaker()
    Speaker.objects.update(name=NAME[:100], institution=LONG[:150])
    SpeakerFee.objects.create(wave=wave, speaker=speaker, amount=1_000_000_000)
    SessionSpeaker.objects.create(session=session, speaker=speaker)
    TrainingSession.objects.update(title=LONG[:150])
    CommitteeMember.objects.create(program=wave.program, place=1, name=LONG, position=LONG, duty=LONG[:100])
    WaveReport.objects.create(wave=wave, minutes=LONG, evaluation=LONG, conclusion=LONG)
    factories.publish(wave)
    numbered(session, official)
    return wave, session, factories.user(role="admin", email="admin@dpmd.test")


def letters_on(path):
    """Each letter of a PDF with where it stands: number of the page, left and right edge, width of the page."""
    for number, page in enumerate(pypdfium2.PdfDocument(path)):
        text, width = page.get_textpage(), page.get_width()
        for at in range(text.count_chars()):
            if (letter := text.get_text_range(at, 1)).strip():
                left, _, right, _ = text.get_charbox(at)
                yield letter, number, left, right, width


def test_nothing_runs_off_the_sheet(world, tmp_path):
    wave, session, admin = world
    papers = [open_export(kind.identifier, user=admin, params={"wave": wave.pk}) for kind in paper_kinds()]
    papers.append(open_export("daftar-hadir", user=admin, params={"session": session.pk}))
    outside, written = {}, 0
    for paper in papers:
        target = tmp_path / f"{paper.identifier}.pdf"
        try:
            paper.write(target, now=after(wave), tell=lambda done: None)
        except NothingOnPaper:
            continue
        written += 1
        off = [letter for letter, _, left, right, width in letters_on(target) if left < 5 or right > width - 5]
        if off:
            outside[paper.identifier] = "".join(off)[:20]
    assert outside == {}
    assert written > 10


@pytest.mark.parametrize(("paper", "most"), [("tanda-terima-transpor", 140), ("daftar-hadir", 180)])
def test_a_name_stays_in_its_column(world, tmp_path, paper, most):
    wave, session, admin = world
    paper = open_export(paper, user=admin, params={"wave": wave.pk, "session": session.pk})
    target = tmp_path / "surat.pdf"
    paper.write(target, now=after(wave), tell=lambda done: None)
    # The first name comes before those below the signatures.
    name = [(left, right) for letter, _, left, right, _ in letters_on(target) if letter == "Q"][: len(NAME)]
    assert max(right for _, right in name) - min(left for left, _ in name) < most
