"""The register of processing: nothing is forgotten, nothing is made up."""

from dataclasses import fields

import pytest

from rtportal.lib.personal_data import Held, Holding, Person
from rtportal.privacy import register
from rtportal.privacy.retention import retention_label


def test_every_field_of_every_model_is_declared_personal_or_not() -> None:
    assert register.forgotten() == []


def test_nothing_is_declared_that_does_not_exist_or_twice() -> None:
    assert register.unknown() == []


def test_a_field_that_nobody_declared_is_found(monkeypatch) -> None:
    less = [one for one in register.holdings() if one.model != "participants.RTHead"]
    monkeypatch.setattr(register, "holdings", lambda: less)
    assert "participants.RTHead.phone" in register.forgotten()


def test_a_declaration_of_a_field_that_is_gone_is_found(monkeypatch) -> None:
    made_up = Holding("participants.RT", "x", Person.HEAD, (Held("shoe_size"),), "x", "x", "x", "riwayat")
    monkeypatch.setattr(register, "holdings", lambda: [made_up])
    assert "participants.RT.shoe_size" in register.unknown()


def test_every_declared_class_exists() -> None:
    keys = {held.retention or one.retention for one in register.holdings() for held in one.fields}
    assert [key for key in sorted(keys) if not retention_label(key)] == []


@pytest.mark.parametrize("name", [field.name for field in fields(register.Line)])
def test_every_line_says_everything(name: str) -> None:
    assert [line for line in register.lines() if not getattr(line, name)] == []


def test_the_lines_stand_by_kind_of_data() -> None:
    names = [name for name, _ in register.groups()]
    assert len(names) == len(set(names))
