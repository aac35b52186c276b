"""Set how the papers of a programme are numbered, signed and reckoned."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from programs.errors import Refusal
from programs.models import PaperSettings, Program, Signatory
from programs.paper_numbers import check_number
from programs.queries.changes import changed_words, differences
from programs.queries.papers import paper_settings, paper_values, signatories_for
from programs.use_cases._editing import locked_program, refuse_stale, save_or_refuse
from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib.wording import WordingError

SIGNERS = ("signer", "certificate_signer", "pptk", "treasurer")


@transaction.atomic
def save_paper_settings(
    *,
    program: Program,
    version: int,
    nature: str,
    copies_to: str,
    signer: Signatory | None,
    certificate_signer: Signatory | None,
    pptk: Signatory | None,
    treasurer: Signatory | None,
    certificate_number: str,
    certificate_share: int,
    transport_amount: int,
    transport_tax: Decimal,
    actor: User | None,
    now: datetime,
) -> PaperSettings:
    """Does: writes the settings and an audit line; without a difference nothing is written. `version` 0 means that the
    official saw none yet.

    Refuses: an edit on top of a version that somebody else has changed (StaleEdit); a certificate number that cannot
    be told apart ({urut} missing) or has an unknown word; a signatory of another region or deleted meanwhile.
    Tells: nobody. Papers made from now on obey.
    """
    wishes = {"nature": nature, "copies_to": copies_to, "certificate_number": certificate_number}
    wishes |= {"signer": signer, "certificate_signer": certificate_signer, "pptk": pptk, "treasurer": treasurer}
    wishes |= {"certificate_share": certificate_share, "transport_amount": transport_amount}
    wishes["transport_tax"] = transport_tax
    _refuse_number(certificate_number)
    row = locked_program(program.pk)
    _refuse_strangers(row, wishes)
    settings = paper_settings(row.pk)
    subject, part = f"program:{row.pk}", f"papers:{row.pk}"
    refuse_stale(settings, subject, version, part)
    before = paper_values(settings)
    for field, value in wishes.items():
        setattr(settings, field, value)
    changes = differences(before, paper_values(settings))
    if not changes:
        return settings
    save_or_refuse(settings, version=settings.version + 1)
    record(
        at=now,
        actor=actor,
        action="program.papers_changed",
        sentence=f"Mengubah pengaturan surat program {row.name}: {changed_words(changes)}.",
        region_code=row.region_id,
        subject=subject,
        data={part: {"version": settings.version, "changes": changes}},
    )
    return settings


def _refuse_number(pattern: str) -> None:
    try:
        check_number(pattern, is_serial=True)
    except WordingError as error:
        raise Refusal(error.sentence, field="certificate_number") from error


def _refuse_strangers(program: Program, wishes: dict) -> None:
    chosen = {name: wishes[name].pk for name in SIGNERS if wishes[name]}
    known = set(signatories_for(program).filter(pk__in=chosen.values()).values_list("pk", flat=True))
    for field, pk in chosen.items():
        if pk not in known:
            raise Refusal("Penanda tangan ini tidak ada dalam daftar kantor Anda. Pilih yang lain.", field=field)
