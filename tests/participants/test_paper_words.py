"""Words of papers: the portal's own, an admin's, and those that do not fit any more."""

import logging

import pytest

from participants.paper_words import (
    DETAILS,
    DETAILS_PARAGRAPH,
    PAPER_KINDS,
    PaperWords,
    default_paper_words,
    paper_text,
    register_paper,
)
from programs.vocabulary import scope_of_program
from rtportal.lib.wording import check
from rtportal.messaging.models import Wording
from tests import factories
from tests.factories import NOW

VALUES = {"nama": "H. Ahmad Fauzi", "gelombang": "Gelombang 1", "pendamping": ""}


@pytest.fixture
def program(db):
    factories.regions()
    return factories.program(name="Bimtek Ketua RT")


def reword(program, text, subject=""):
    Wording.objects.create(
        kind="paper_surat_undangan",
        scope=scope_of_program(program.pk),
        number=1,
        subject=subject,
        text=text,
        created_at=NOW,
        created_by=factories.user(role="admin"),
    )


@pytest.mark.parametrize("name", sorted(PAPER_KINDS))
def test_the_portals_own_words_pass_what_admins_words_must(name):
    kind, words = PAPER_KINDS[name], default_paper_words(name)
    check(words.subject, kind.words)
    check(words.text, kind.words, required=kind.required)
    assert set(kind.examples) == set(kind.words)
    assert len(kind.wording_kind) <= Wording._meta.get_field("kind").max_length


def test_the_portals_own_words_are_filled_and_leave_no_empty_paragraph(program):
    text = paper_text("surat_undangan", program, VALUES)
    assert text.subject == "Undangan Bimtek Ketua RT"
    assert DETAILS_PARAGRAPH in text.paragraphs
    assert all(text.paragraphs)
    assert not any("{" in part for part in text.paragraphs if part != DETAILS_PARAGRAPH)


def test_an_admins_words_hold_for_their_programme(program):
    reword(program, "Kepada {nama} dari {kantor}.\n\n{rincian}")
    assert paper_text("surat_undangan", program, VALUES).paragraphs == [
        f"Kepada H. Ahmad Fauzi dari {program.office.name}.",
        DETAILS_PARAGRAPH,
    ]
    other = factories.program(name="Yang lain", office=program.office)
    assert len(paper_text("surat_undangan", other, VALUES).paragraphs) > 2


def test_words_that_do_not_fit_any_more_never_keep_a_paper_from_being_printed(program, caplog):
    reword(program, "Kepada {yang_tidak_ada_lagi}.\n\n{rincian}")
    with caplog.at_level(logging.WARNING):
        text = paper_text("surat_undangan", program, VALUES)
    assert DETAILS_PARAGRAPH in text.paragraphs
    assert "yang_tidak_ada_lagi" in caplog.text


def test_words_are_read_once_for_all_sheets(program, django_assert_num_queries):
    with django_assert_num_queries(1):
        words = PaperWords("surat_undangan", program)
        assert [words.text(VALUES | {"nama": str(at)}) for at in range(5)]


def test_a_name_with_braces_is_only_a_name(program):
    reword(program, "Kepada {nama}.\n\n{rincian}")
    assert "Kepada {kantor}." in paper_text("surat_undangan", program, VALUES | {"nama": "{kantor}"}).paragraphs


def test_two_papers_cannot_have_one_name():
    assert DETAILS in PAPER_KINDS["surat_undangan"].words
    with pytest.raises(ValueError, match="surat_undangan"):
        register_paper("surat_undangan", label="Lain")
