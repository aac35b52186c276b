import pytest
from django.core.management import CommandError, call_command

from rtportal.accounts.models import Assignment, User
from rtportal.audit.models import AuditEvent
from tests import factories

pytestmark = pytest.mark.django_db

PASSWORD = "kata-sandi-yang-cukup-panjang"


@pytest.fixture(autouse=True)
def _regions():
    factories.regions("63.09")


def add(email="Budi@Kantor.test", nama="Budi", peran="official", wilayah="63.09", kata_sandi=PASSWORD):
    call_command("add_official", email, nama=nama, peran=peran, wilayah=wilayah, kata_sandi=kata_sandi)


def test_a_new_official_gets_an_account_a_role_and_an_audit_line():
    add()
    user = User.objects.get(email="budi@kantor.test")
    assert user.check_password(PASSWORD)
    assert list(user.assignments.values_list("role", "region_id")) == [("official", "63.09")]
    assert "Petugas pelaksana" in AuditEvent.objects.get().sentence


def test_an_existing_official_gets_another_role_and_keeps_the_password():
    add()
    add(peran="admin", kata_sandi="kata-sandi-lain-yang-panjang")
    user = User.objects.get()
    assert user.check_password(PASSWORD)
    assert set(user.assignments.values_list("role", flat=True)) == {"official", "admin"}


def test_the_same_role_twice_is_once():
    add()
    add()
    assert Assignment.objects.count() == 1
    assert AuditEvent.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"wilayah": "99.99"}, "Wilayah 99.99 tidak dikenal"),
        ({"nama": " "}, "Akun baru memerlukan --nama"),
        ({"kata_sandi": "pendek"}, "terlalu pendek"),
        ({"email": "bukan alamat"}, "alamat email"),
    ],
)
def test_a_faulty_account_is_refused_and_nothing_is_written(changes, sentence):
    with pytest.raises(CommandError, match=f"(?i){sentence}"):
        add(**changes)
    assert not User.objects.exists()
