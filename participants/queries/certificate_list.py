"""Who of a wave has a certificate, who may have one, and who does not and why."""

from collections import Counter
from dataclasses import dataclass

from participants.certificates import Standing, standings
from participants.models import Certificate, Enrolment
from participants.queries.attendance import matching
from programs.models import Wave
from rtportal.accounts.models import User

ISSUED, EARNED, SHORT, REVOKED = "terbit", "belum", "tidak", "dicabut"
# Filter value → its name, in the order of the menu.
STATES = {
    ISSUED: "Sudah terbit",
    EARNED: "Berhak, belum terbit",
    SHORT: "Tidak berhak",
    REVOKED: "Dicabut",
}


@dataclass
class CertificateRow:
    """`state` is one of STATES; `certificate` the valid one, or the last that was revoked. `person` comes with head,
    RT and village once the row stands on a page.
    """

    standing: Standing
    state: str
    certificate: Certificate | None
    person: Enrolment | None = None


class CertificateRows:
    """Everybody of the wave in the user's scope: `counts` by state, and a sequence of those that fit the filter.

    Seven queries with a search, six without; one more for each page that is cut out of it.
    """

    def __init__(self, wave: Wave, user: User, *, state: str = "", search: str = ""):
        self._people = Enrolment.objects.filter(wave=wave).visible_to(user)
        visible = set(self._people.order_by().values_list("pk", flat=True))
        certificates = {
            one.enrolment_id: one
            # The valid one comes last, and stays.
            for one in Certificate.objects.filter(enrolment__wave=wave).order_by("serial")
        }
        rows = [_row(one, certificates.get(one.enrolment_id)) for one in standings(wave) if one.enrolment_id in visible]
        self.counts = Counter(row.state for row in rows)
        if search:
            found = set(self._people.filter(matching(search)).order_by().values_list("pk", flat=True))
            rows = [row for row in rows if row.standing.enrolment_id in found]
        self._rows = [row for row in rows if row.state == state] if state in STATES else rows

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, part: slice) -> list[CertificateRow]:
        rows = self._rows[part]
        keys = [row.standing.enrolment_id for row in rows]
        people = self._people.select_related("head__rt", "village__parent").in_bulk(keys)
        for row in rows:
            row.person = people.get(row.standing.enrolment_id)
        # Somebody may have been taken away in between.
        return [row for row in rows if row.person]


def _row(standing: Standing, certificate: Certificate | None) -> CertificateRow:
    if certificate is None:
        return CertificateRow(standing, SHORT if standing.hindrance else EARNED, None)
    return CertificateRow(standing, REVOKED if certificate.revoked_at else ISSUED, certificate)
