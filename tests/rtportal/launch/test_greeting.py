"""A newcomer reads where the portal is, who may sign in, and one RT head's link."""

import pytest

from rtportal.launch.greeting import greeting
from rtportal.launch.preparation import load_demo
from tests import factories


@pytest.mark.django_db
def test_without_the_demo_only_the_address_is_told() -> None:
    assert greeting("http://localhost:8000").strip().splitlines() == [
        "Siap: http://localhost:8000",
        "",
        "Tekan Ctrl+C untuk berhenti.",
    ]


@pytest.mark.django_db
def test_with_the_demo_the_accounts_and_a_link_that_opens_are_told(client) -> None:
    factories.regions()
    load_demo()
    told = greeting("http://localhost:8000")
    assert "petugas.tabalong@contoh.invalid" in told
    assert "Admin kabupaten/kota" in told
    link = next(line.strip() for line in told.splitlines() if "/u/" in line)
    assert client.get("/u/" + link.partition("/u/")[2]).status_code == 200
