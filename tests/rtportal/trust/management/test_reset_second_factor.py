"""The way back in for an admin without a colleague."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command

from rtportal.audit.models import AuditEvent
from tests import factories

pytestmark = pytest.mark.django_db


def run(email: str) -> str:
    told = StringIO()
    call_command("reset_second_factor", email, stdout=told)
    return told.getvalue()


def test_the_factor_goes_and_the_history_says_who_did_not_do_it():
    factories.regions()
    admin = factories.user(role="admin", email="admin@tabalong.test")
    Authenticator.objects.create(user=admin, type="totp", data={"secret": "x"})
    assert "pengaman kedua dihapus" in run("Admin@Tabalong.test")
    assert not Authenticator.objects.exists()
    line = AuditEvent.objects.get(action="factor.removed_by_admin")
    assert (line.actor, line.actor_label, line.region_code) == (None, "Sistem", factories.TABALONG)
    assert "tidak ada pengaman kedua" in run("admin@tabalong.test")


def test_an_unknown_address_is_refused():
    with pytest.raises(CommandError, match="Tidak ada akun"):
        run("orang@lain.test")
