"""Papers laid out by typst, read back."""

import pytest
from pypdf import PdfReader

from rtportal.documents.formats import pdf
from rtportal.documents.formats.pdf import TypesettingFailed, typeset, typeset_each


def nothing():
    """Nobody looks."""


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Lays out a template of the test's own and returns the file's reader."""
    monkeypatch.setattr(pdf, "TEMPLATES", tmp_path)
    head = '#let data = json(bytes(sys.inputs.data))\n#set document(title: "Uji")\n'

    def run(template: str, data: object, look=nothing) -> PdfReader:
        (tmp_path / "uji.typ").write_text(head + template)
        target = tmp_path / "hasil.pdf"
        typeset("uji", data, target, look=look)
        assert sorted(path.name for path in tmp_path.iterdir()) == ["hasil.pdf", "uji.typ"]
        return PdfReader(target)

    return run


def test_what_is_in_the_data_stands_on_the_page_as_it_is(write):
    name = '#panic("x") *Ahmad* $x$ <label> \\ @rujukan _Fauzi_'
    assert write("#data.name", {"name": name}).pages[0].extract_text() == name


def test_a_page_is_tagged_and_carries_its_fonts(write):
    reader = write("Surat", {})
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"]
    fonts = reader.pages[0]["/Resources"]["/Font"].values()
    assert fonts
    for font in fonts:
        descriptor = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)


def test_signs_that_no_page_shows_are_left_out(write):
    assert write("#data.at(0)", ["Ah\x00mad\u202e Fau\x07zi"]).pages[0].extract_text() == "Ahmad Fauzi"


def test_a_sign_that_no_font_has_does_not_stop_the_paper(write):
    assert "Ahmad" in write("#data.name", {"name": "Ahmad \U0001f600"}).pages[0].extract_text()


def test_a_template_that_breaks_leaves_no_file(write, tmp_path):
    with pytest.raises(TypesettingFailed):
        write("#data.nothing", {})
    assert [path.name for path in tmp_path.iterdir()] == ["uji.typ"]


def test_a_template_reads_nothing_outside_its_folder(write):
    with pytest.raises(TypesettingFailed):
        write('#read("/../../../../etc/passwd")', {})


class Interrupted(Exception):
    pass


def test_whoever_looks_can_end_the_work(write, tmp_path, monkeypatch):
    monkeypatch.setattr(pdf, "_BETWEEN_LOOKS", 0.01)

    def interrupt():
        raise Interrupted

    with pytest.raises(Interrupted):
        write("#for i in range(100000) { i }", {}, interrupt)
    assert [path.name for path in tmp_path.iterdir()] == ["uji.typ"]


def test_many_are_written_by_one_process_each_with_its_own_words_and_the_common_ones(tmp_path, monkeypatch):
    monkeypatch.setattr(pdf, "TEMPLATES", tmp_path)
    monkeypatch.setattr(pdf, "_BETWEEN_LOOKS", 0.01)
    (tmp_path / "uji.typ").write_text(
        '#set document(title: "Uji")\n#json(bytes(sys.inputs.data)).at(0) #json(bytes(sys.inputs.item)).name'
    )
    (folder := tmp_path / "berkas").mkdir()
    names = ["Ahmad", "#strong[Budi]", "Cahya \U0001f600"]
    told: list[int] = []
    files = typeset_each("uji", ["Yth."], [{"name": name} for name in names], folder, look=told.append)
    assert [PdfReader(file).pages[0].extract_text()[:18] for file in files[:2]] == ["Yth. Ahmad", "Yth. #strong[Budi]"]
    assert "Cahya" in PdfReader(files[2]).pages[0].extract_text()
    assert sorted(path.name for path in folder.iterdir()) == ["0.pdf", "1.pdf", "2.pdf"]
    assert told == sorted(told)
    assert set(told) <= {0, 1, 2}
