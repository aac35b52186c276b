"""One of everything that an address can name."""

from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from participants.models import DataCorrection, DataRequest, Enrolment, RosterImport, WaitingPlace
from participants.use_cases.invite_participants import invite_participants
from participants.use_cases.request_data import request_data
from programs.links import feed_token
from rtportal.accounts.models import User
from rtportal.documents.models import ExportPreset, GeneratedFile
from rtportal.lib import clock
from rtportal.messaging.models import InboxItem, Message, Reply
from rtportal.messaging.outbox import Draft, enqueue
from rtportal.trust.invitation_links import invitation_token
from sessions.models import Material
from tests import factories
from tests.participants.certified import certified
from tests.participants.door_world import desk as door_desk
from tests.participants.door_world import doubtful, guest
from tests.participants.spj import paid, paper_file, photographed, signed
from tests.rtportal.messaging.whatsapp import whatsapp_template
from tests.rtportal.privacy.incidents import incident
from tests.sessions.speaker_world import page_of, with_link


def task_draft(message: Message) -> Draft:
    """The same once more, for an operator's own telephone."""
    return Draft(
        dedupe_key=f"{message.dedupe_key}@manual",
        kind=message.kind,
        route=(("manual", "+6281234567890"),),
        recipient_name=message.recipient_name,
        region_code=message.region_code,
        group=message.group,
        about_id=message.about_id,
        due_at=message.due_at,
        expires_at=message.expires_at,
    )


def _correction(enrolment: Enrolment, now: datetime) -> DataCorrection:
    return DataCorrection.objects.create(
        enrolment=enrolment,
        head=enrolment.head,
        village_id=enrolment.village_id,
        wanted={"phone": "+6281298765432"},
        before={"phone": enrolment.head.phone},
        requested_at=now,
        due_at=now + DataCorrection.TIME_TO_DECIDE,
    )


def _request(enrolment: Enrolment, now: datetime) -> DataRequest:
    wish = {"kind": "copy", "came_by": "letter", "note": "", "by": None}
    return request_data(head=enrolment.head, now=now, **wish)


def _preset(by: User, now: datetime) -> ExportPreset:
    fields = {"region_id": factories.TABALONG, "export": "daftar-peserta", "columns": ["nama"]}
    return ExportPreset.objects.create(name="Ringkas", saved_by=by, saved_at=now, **fields)


def _passkey() -> Authenticator:
    """Of somebody whom none of the others meets."""
    other = factories.user(region=None)
    return Authenticator.objects.create(user=other, type=Authenticator.Type.WEBAUTHN, data={"name": "Kunci"})


def _device() -> UserSession:
    return UserSession.objects.create(user=factories.user(region=None), ip="::", session_key="x" * 32, user_agent="")


def everything() -> tuple[dict[str, User], dict[str, list | str | dict]]:
    """One of everything in Tabalong, and somebody of every kind."""
    factories.regions()
    now = clock.now()
    factories.heads(2, district=factories.JARO)
    wave = factories.wave(areas=(factories.JARO,), on=(now + timedelta(days=30)).date())
    factories.heads(2, district=factories.MUARA_UYA)
    speaker = with_link(factories.speaker())
    session = factories.session(wave=wave, speakers=[speaker])
    material = Material.objects.create(
        session=session, speaker=speaker, uploaded_at=now, name="bahan.pdf", path="materials/x.pdf", size=1
    )
    Material.objects.update(released_at=now)
    speaker_token = page_of(speaker).split("/")[2]
    special_day = factories.special_day()
    feed = factories.feed(office=wave.program.office)
    people = {
        "stranger": factories.user(region=factories.JAMBI),
        "viewer": factories.user(role="viewer"),
        "operator": factories.user(role="district_operator", region=factories.JARO),
        "official": factories.user(),
        "admin": factories.user(role="admin"),
    }
    invite_participants(wave_id=wave.pk, by=people["official"], now=now)
    enrolment = wave.enrolments.order_by("pk").first()
    message = Message.objects.filter(about_id=enrolment.pk).get()
    item = InboxItem.objects.create(
        message=message,
        address=message.address,
        recipient_name=message.recipient_name,
        region_code=message.region_code,
        subject="Undangan",
        body="Isi",
        received_at=now,
    )
    enqueue([task_draft(message)], now=now)
    task = Message.objects.tasks().get()
    roster_import = RosterImport.objects.create(
        region_id=factories.TABALONG, uploaded_by=people["official"], uploaded_at=now, filename="daftar.xlsx"
    )
    file = GeneratedFile.objects.create(
        owner=people["admin"],
        export="daftar-peserta",
        format="xlsx",
        params={"wave": wave.pk},
        region_code=factories.TABALONG,
        subject=wave.group,
        title="Daftar peserta",
        filename="daftar.xlsx",
        requested_at=now,
    )
    desk = door_desk(wave, by=people["official"])
    reply = Reply.objects.create(
        channel="gateway",
        external_id="masuk-1",
        address="+6281234567890",
        text="Parkir di mana?",
        received_at=now,
        message=message,
        region_code=message.region_code,
    )
    certificate = certified(enrolment, by=people["official"])
    invitation = factories.official_invitation(by=people["admin"])
    things = {
        "": [],
        "key": ["1", "abc-def"],
        "message": [message.pk],
        "inbox_item": [item.pk],
        "reply": [reply.pk],
        "template_kind": [whatsapp_template().kind],
        "task": [task.pk],
        "task_place": [task.region_code],
        "letter_place": [wave.pk, task.region_code],
        "file": [file.pk],
        "export": ["daftar-peserta"],
        "preset": [_preset(people["admin"], now).pk],
        "program": [wave.program_id],
        "program_kind": [wave.program_id, "invitation"],
        "program_paper": [wave.program_id, "surat_undangan"],
        "program_stage": [wave.program_id, "diundang"],
        "wave": [wave.pk],
        "wave_stage": [wave.pk, "sasaran"],
        "plan": [factories.plan(program=wave.program).pk],
        "venue": [wave.venue_id],
        "office": [wave.program.office_id],
        "signatory": [factories.signatory(office=wave.program.office).pk],
        "special_day": [special_day.pk],
        "regency": [factories.TABALONG],
        "feed": [feed.pk],
        "feed_token": [feed_token(feed.link_id)],
        "certificate": [certificate.pk],
        "check_code": [certificate.check_code],
        "session": [session.pk],
        "speaker": [speaker.pk],
        "part": [session.session_speakers.get().pk],
        "material": [material.pk],
        "speaker_token": [speaker_token],
        "own_material": [speaker_token, material.pk],
        "roster_import": [roster_import.pk],
        "enrolment": [enrolment.pk],
        "head": [enrolment.head_id],
        "waiting_place": [WaitingPlace.objects.create(enrolment=enrolment, wave=wave, since=now).pk],
        "notice": ["2026-11-22"],
        "correction": [_correction(enrolment, now).pk],
        "incident": [incident(by=people["admin"], now=now).pk],
        "data_request": [_request(enrolment, now).pk],
        "paper_file": [paper_file(wave, by=people["official"]).pk],
        "signed_paper": [signed(wave, by=people["official"]).pk],
        "photo": [photographed(wave, by=people["official"]).pk],
        "payment": [paid(enrolment, by=people["official"]).pk],
        "door_device": [desk.pk],
        "problem": [doubtful(session, desk).pk],
        "walk_in": [guest(session, desk).pk],
        # What the forms of all pages together would send.
        "query": f"sesi={session.pk}",
        "data": {"wave": wave.pk, "format": "xlsx", "peserta": enrolment.pk},
        "official": [people["viewer"].pk],
        "assignment": [people["viewer"].assignments.get().pk],
        "official_invitation": [invitation.pk],
        "official_token": [invitation_token(invitation.link_id)],
        "other_passkey": [_passkey().pk],
        "other_device": [_device().pk],
        "token": [factories.personal_path(enrolment).split("/")[2]],
        "shared_material": [factories.personal_path(enrolment).split("/")[2], material.pk],
    }
    return people, things
