"""Lines that run inside the portal of the story of the papers: what other stories do by hand, and time that passes."""

# A programme with who signs, its first wave published, everybody told by letter.
SCHEDULE = """
from datetime import date, time
from participants.use_cases.invite_participants import invite_participants
from programs.models import CommitteeMember, PaperSettings
from rtportal.accounts.models import User
from rtportal.lib import clock
from sessions.models import SpeakerFee
from tests import factories

office = factories.office(address="Jalan Ahmad Yani, Tanjung", city="Tanjung", contact_lines="Telepon (0526) 2021234")
signer = factories.signatory(office=office, name="Nor Hayati", gelar_belakang="S.Sos.", position="Kepala DPMD",
                             nip="197001011990032001")
treasurer = factories.signatory(office=office, name="Rahmadi", position="Bendahara", nip="198002022005011002")
program = factories.program(
    office=office, name="Bimtek Ketua RT Tabalong", reach_chain=["letter"],
    letter_number="400.10/123/DPMD/{{bulan_romawi}}/{{tahun}}",
)
PaperSettings.objects.create(
    program=program, signer=signer, certificate_signer=signer, pptk=signer, treasurer=treasurer,
    transport_amount=100_000,
)
CommitteeMember.objects.create(program=program, place=1, name="Nor Hayati, S.Sos.", duty="Ketua panitia")
wave = factories.wave(program=program, on=date.fromisoformat("{day}"), areas=("63.09.06", "63.09.07", "63.09.11"),
                      venue=factories.venue(name="Aula Pendopo Bersinar", capacity=350), published=False)
speaker = factories.speaker()
for title, hour, who in (("Pencegahan narkoba", 9, [speaker]), ("Tugas RT", 10, []), ("Wawasan kebangsaan", 13, [])):
    factories.session(wave=wave, title=title, starts=time(hour, 0), speakers=who)
SpeakerFee.objects.create(wave=wave, speaker=speaker, amount=900_000)
factories.publish(wave)
invite_participants(wave_id=wave.pk, by=User.objects.get(email="petugas@tabalong.test"), now=clock.now())
print(wave.enrolments.count())
"""
# The wave was yesterday: two thirds came, one of them through a substitute.
HELD = """
from datetime import timedelta
from django.db.models import F
from participants.models import Enrolment
from participants.use_cases.number_rows import number_rows
from programs.models import Wave
from rtportal.accounts.models import User
from rtportal.lib import clock
from sessions.models import TrainingSession
from tests import factories
from tests.participants.papers import scan

wave = Wave.objects.get()
back = wave.starts_at - (clock.now() - timedelta(days=1))
Wave.objects.update(starts_at=F("starts_at") - back, ends_at=F("ends_at") - back)
TrainingSession.objects.update(starts_at=F("starts_at") - back, ends_at=F("ends_at") - back)
factories.publish(Wave.objects.get())
by = User.objects.get(email="petugas@tabalong.test")
people = [person for at, person in enumerate(wave.enrolments.order_by("pk")) if at % 3]
Enrolment.objects.filter(pk=people[0].pk).update(
    answer="represented", answered_at=clock.now(), substitute_name="Siti Aminah", substitute_relation="Sekretaris RT"
)
for session in TrainingSession.objects.order_by("starts_at"):
    number_rows(session=session, actor=by, now=session.starts_at)
    scan(session, *people, by=by)
print(len(people))
"""
