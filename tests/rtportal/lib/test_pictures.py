from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rtportal.lib.pictures import Picture, PictureRefused, picture_of
from tests.rtportal.lib.pictures import jpeg, png


def test_a_picture_is_told_by_its_content():
    assert picture_of(png(30, 20)) == Picture("png", 30, 20)
    assert picture_of(jpeg(30, 20)) == Picture("jpeg", 30, 20)


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"MZ\x90\0"])
def test_what_is_no_picture_is_refused_in_words(content):
    with pytest.raises(PictureRefused, match="bukan gambar PNG atau JPEG"):
        picture_of(content)


@pytest.mark.parametrize(
    "content", [png()[:-6], png()[:20], jpeg()[:-2], b"\xff\xd8\xff\xe0\0\4", png()[:8] + b"\0" * 40]
)
def test_a_broken_picture_is_refused(content):
    with pytest.raises(PictureRefused, match="rusak atau terpotong"):
        picture_of(content)


@pytest.mark.parametrize("content", [png(30_000, 30_000), jpeg(5_000, 10), png(0, 5)])
def test_a_picture_that_would_unfold_into_gigabytes_is_refused_unread(content):
    with pytest.raises(PictureRefused, match="piksel"):
        picture_of(content)


@settings(max_examples=30)
@given(at=st.integers(0, 200), byte=st.integers(0, 255))
def test_no_damage_ends_in_another_error(at, byte):
    for content in (png(), jpeg()):
        damaged = bytearray(content)
        damaged[at % len(damaged)] = byte
        with suppress(PictureRefused):
            picture_of(bytes(damaged))
