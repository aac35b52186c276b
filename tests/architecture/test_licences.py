"""What the portal is made of may be used by any office, and the list of it is up to date."""

import pytest

from tests.infra.licences import TARGET, is_allowed, licence_of, listed, parts


@pytest.mark.parametrize("part", parts(), ids=lambda part: part.name)
def test_each_part_has_a_licence_that_an_office_may_use(part):
    assert is_allowed(part.licence), part


def test_the_list_is_up_to_date():
    assert TARGET.read_text() == listed(), "make licences"


@pytest.mark.parametrize("licence", ["", "GPL-3.0-only", "MIT AND AGPL-3.0-only", "Proprietary", "GPL-2.0 OR AGPL-3.0"])
def test_others_would_be_found(licence):
    assert not is_allowed(licence)


def test_of_several_to_choose_from_one_is_enough():
    assert is_allowed("(GPL-2.0-only OR MIT) AND Apache-2.0")


def test_what_nobody_knows_has_none():
    assert licence_of("paket-yang-tidak-ada") == ""
