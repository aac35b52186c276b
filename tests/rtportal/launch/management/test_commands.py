"""What `deploy/` asks of a release before people depend on it."""

import pytest
from django.core.management import CommandError, call_command

from rtportal.regions.models import Region

pytestmark = pytest.mark.django_db


def test_a_release_that_gives_its_pages_says_so(capsys):
    call_command("answers", "/sehat/hidup/", "/akun/masuk/")
    assert "/akun/masuk/: 200" in capsys.readouterr().out


def test_a_page_that_is_not_given_is_named():
    with pytest.raises(CommandError, match="/tidak-ada/"):
        call_command("answers", "/sehat/hidup/", "/tidak-ada/")


def test_preparing_again_changes_nothing(capsys):
    call_command("prepare")
    count = Region.objects.count()
    assert count > 80_000
    capsys.readouterr()
    call_command("prepare")
    told = capsys.readouterr().out
    assert "0 perubahan" in told
    assert "sudah yang terbaru" in told
    assert Region.objects.count() == count
