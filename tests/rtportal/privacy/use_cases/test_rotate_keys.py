"""New keys in front, everything brought under them, old keys taken away."""

from io import StringIO

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from participants import nik_store
from participants.models import RosterImport, RosterUndo, RTHead
from rtportal.audit.models import AuditEvent
from rtportal.lib import clock
from rtportal.lib.resealing import sealed_columns, stale_rows
from rtportal.lib.sealed_files import key_of
from rtportal.lib.sealing import key_name
from rtportal.messaging.models import Message
from rtportal.privacy.use_cases.rotate_keys import Rotation, RotationStopped, rotate_keys
from tests import factories

pytestmark = pytest.mark.django_db
OLD, NEW = "kunci-lama-0123456789", "kunci-baru-0123456789"
OLD_NIK, NEW_NIK = Fernet.generate_key().decode(), Fernet.generate_key().decode()
NIK, PHONE = "6309061203700001", "+6281234567890"


@pytest.fixture
def folder(settings, tmp_path):
    options = {"BACKEND": "rtportal.lib.sealed_storage.SealedStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": options}
    return tmp_path


@pytest.fixture
def official(settings, folder):
    """Everything that can lie under a key, under the old ones; then the new ones come in front."""
    factories.regions()
    settings.PERSONAL_KEYS, settings.NIK_KEYS = [OLD], [OLD_NIK]
    sealed = {"nik_encrypted": nik_store.sealed(NIK), "nik_digest": nik_store.digest_of(NIK)}
    head = factories.head(phone=PHONE, **sealed)
    wave = factories.wave()
    factories.enrolment(wave=wave, head=head)
    _queue()
    official = factories.user()
    Authenticator.objects.create(user=official, type="totp", data={"secret": get_adapter().encrypt("JBSWY3DP")})
    # Whoever owns a passkey names it, even like something sealed.
    passkey = {"name": "gAAAA milik saya", "credential": {"id": "abc"}}
    Authenticator.objects.create(user=official, type="webauthn", data=passkey)
    default_storage.save("rosters/satu", ContentFile(b"isi berkas"))
    settings.PERSONAL_KEYS, settings.NIK_KEYS = [NEW, OLD], [NEW_NIK, OLD_NIK]
    return official


def _queue() -> None:
    Message.objects.create(
        dedupe_key="satu",
        kind="invitation",
        channel="whatsapp",
        address=PHONE,
        route=[["email", "budi@rt.test"]],
        recipient_name="Budi",
        region_code=factories.TABALONG,
        group="wave:1",
        about_id=1,
        queued_at=factories.NOW,
        due_at=factories.NOW,
    )


def rotated() -> Rotation:
    return rotate_keys(tell=lambda title, count: None, clock=clock.now)


def take_old_keys_away(settings) -> None:
    settings.PERSONAL_KEYS, settings.NIK_KEYS = [NEW], [NEW_NIK]


def check_everything_is_read_and_found(official) -> None:
    head = RTHead.objects.get(phone=PHONE)
    assert head == RTHead.objects.get(nik_digest=nik_store.digest_of(NIK))
    assert nik_store.opened(head.nik_encrypted) == NIK
    message = Message.objects.get(address=PHONE)
    assert message.route == [["email", "budi@rt.test"]]
    app = Authenticator.objects.get(user=official, type="totp")
    assert get_adapter().decrypt(app.data["secret"]) == "JBSWY3DP"
    with default_storage.open("rosters/satu") as file:
        assert file.read() == b"isi berkas"


def test_afterwards_everything_is_read_and_found_without_the_old_keys(official, settings, folder):
    done = rotated()
    assert done.total >= 5
    assert done.late == 0
    take_old_keys_away(settings)
    check_everything_is_read_and_found(official)
    with (folder / "rosters" / "satu").open("rb") as file:
        assert key_of(file) == key_name(NEW)


def test_before_and_while_it_goes_on_everything_is_read_and_found(official):
    head = RTHead.objects.get(phone=PHONE)
    assert nik_store.opened(head.nik_encrypted) == NIK
    assert nik_store.digest_like(NIK, head.nik_digest) == head.nik_digest
    assert Message.objects.get(address=PHONE).address == PHONE


@pytest.mark.parametrize("after", range(1, 5))
def test_stopped_at_any_step_it_goes_on_where_it_was(official, settings, after):
    class Killed(BaseException):
        pass

    calls = []

    def tell(title: str, count: int) -> None:
        if count:
            calls.append(title)
        if len(calls) == after:
            raise Killed

    with pytest.raises(Killed):
        rotate_keys(tell=tell, clock=clock.now)
    check_everything_is_read_and_found_with_both(official)
    first = rotated()
    assert rotated().total == 0
    assert first.total >= 1
    take_old_keys_away(settings)
    check_everything_is_read_and_found(official)


def check_everything_is_read_and_found_with_both(official) -> None:
    head = RTHead.objects.get(phone=PHONE)
    assert nik_store.opened(head.nik_encrypted) == NIK
    assert Message.objects.get(address=PHONE).route


def test_what_an_applied_roster_can_be_taken_back_with_is_rewritten_too(official, settings):
    settings.PERSONAL_KEYS, settings.NIK_KEYS = [OLD], [OLD_NIK]
    head = RTHead.objects.get()
    before = {"name": "Lama", "nik_encrypted": head.nik_encrypted, "nik_digest": head.nik_digest}
    made = RosterImport.objects.create(
        region_id=factories.TABALONG, uploaded_by=official, uploaded_at=factories.NOW, filename="a.csv"
    )
    RosterUndo.objects.create(
        roster_import=made,
        changes={"units": [], "created": [], "changed": [[head.pk, before, "x"]]},
        until=factories.NOW,
    )
    settings.PERSONAL_KEYS, settings.NIK_KEYS = [NEW, OLD], [NEW_NIK, OLD_NIK]
    rotated()
    take_old_keys_away(settings)
    [[_, kept, _]] = RosterUndo.objects.get().changes["changed"]
    assert nik_store.opened(kept["nik_encrypted"]) == NIK
    assert kept["nik_digest"] == nik_store.digest_of(NIK)


def test_nothing_sealed_is_left_under_an_older_key(official):
    rotated()
    for model in apps.get_models():
        if sealed_columns(model):
            assert not stale_rows(model).exists(), model


def test_a_value_without_its_key_stops_it_by_name(official, settings):
    settings.PERSONAL_KEYS = [NEW]
    with pytest.raises(RotationStopped, match=key_name(OLD)):
        rotated()


def test_a_nik_that_is_lost_already_does_not_stop_it(official, settings, caplog):
    RTHead.objects.update(nik_encrypted="bukan-token")
    rotated()
    assert "stays as it is" in caplog.text


def test_it_leaves_one_line_in_the_history_without_any_key(official):
    rotated()
    line = AuditEvent.objects.get(action="keys.rotated")
    assert not {NEW, OLD, NEW_NIK, OLD_NIK} & set(str(line.data).split("'"))


def test_the_command_says_when_the_old_keys_may_go(official, settings):
    out = StringIO()
    call_command("rotate_keys", stdout=out)
    assert "Kunci lama boleh dihapus" in out.getvalue()
    settings.PERSONAL_KEYS = ["kunci-lain-0123456789"]
    with pytest.raises(CommandError, match="Tambahkan lagi kunci lamanya"):
        call_command("rotate_keys", stdout=out)


def test_who_still_writes_with_the_old_keys_is_noticed(official, settings):
    def tell(title: str, count: int) -> None:
        # The last step; a process that was not restarted queues something now.
        if title == "Berkas" and count and not Message.objects.filter(dedupe_key="dua").exists():
            settings.PERSONAL_KEYS = [OLD]
            Message.objects.all().update(address=PHONE)
            settings.PERSONAL_KEYS = [NEW, OLD]

    done = rotate_keys(tell=tell, clock=clock.now)
    assert done.late == 1
