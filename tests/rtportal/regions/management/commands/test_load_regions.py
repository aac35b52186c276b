"""What the person at the terminal reads."""

import io

import pytest
from django.core.management import CommandError, call_command

from rtportal.regions.models import Region

pytestmark = pytest.mark.django_db


def said(*arguments):
    out = io.StringIO()
    call_command("load_regions", *arguments, stdout=out)
    return out.getvalue().strip()


def test_it_says_how_many_regions_were_loaded():
    assert said("--prefix", "63.09", "--prefix", "15.71") == "226 wilayah ditambahkan atau diperbarui."
    assert Region.objects.count() == 226


def test_it_writes_thousands_the_indonesian_way():
    assert said("--prefix", "63") == "2.186 wilayah ditambahkan atau diperbarui."


def test_the_second_time_it_says_that_nothing_changed():
    said("--prefix", "63.09")
    assert said("--prefix", "63.09") == "Data wilayah sudah mutakhir, tidak ada yang diubah."


def test_it_names_the_code_it_does_not_know():
    with pytest.raises(CommandError, match=r'^Kode wilayah tidak dikenal: "63\.99"\.$'):
        said("--prefix", "63.99")
    assert not Region.objects.exists()
