"""Substitutes (wakil): who somebody is, what the programme's rules allow, who decides, and what a refusal does.

Nobody stands in for two heads of one wave, and no head of a wave stands in for another one. The first is a constraint
(`substitute_once_per_wave`); the second and the limit are checked while the wave's row is locked, which everybody
holds who names a substitute or brings a head into a wave.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from participants.messages import draft_to
from participants.models import Enrolment, RTHead, SubstituteDecision
from participants.reaching import routes_to
from participants.rules import AnswerContent, AnswerRefused
from participants.told import SUBSTITUTE_REFUSED
from programs.models import Program, Wave
from rtportal.accounts.models import User
from rtportal.accounts.row_guard import beyond_scope
from rtportal.accounts.scope import Right, scope_of
from rtportal.audit.record import record
from rtportal.lib import names
from rtportal.lib.numbers import thousands
from rtportal.messaging.outbox import enqueue

State, Rule = Enrolment.SubstituteState, Program.Substitutes
Outcome = SubstituteDecision.Outcome
REPRESENTED = Enrolment.AnswerKind.REPRESENTED

NOT_ALLOWED = "Kegiatan ini harus dihadiri ketua RT sendiri, jadi tidak dapat diwakili. Pilih Hadir atau Berhalangan."
TWICE = "Orang ini sudah menjadi wakil ketua RT lain pada gelombang yang sama. Sebutkan orang lain."
IS_A_HEAD = "Orang ini sendiri ketua RT yang diundang ke gelombang yang sama. Sebutkan orang lain."
IS_THE_HEAD = "Ini nama dan nomor ketua RT sendiri. Pilih Hadir, atau sebutkan orang lain."
REFUSED_BEFORE = "Wakil ini sudah ditolak. Sebutkan orang lain."
HEAD_NOW = "Orang ini sendiri ketua RT yang diundang ke gelombang yang sama."

# What an enrolment says about its substitute where nobody stands in.
NOBODY: dict[str, Any] = {
    "substitute_key": "",
    "substitute_state": "",
    "substitute_decided_at": None,
    "substitute_decided_by": None,
    "substitute_letter_at": None,
    "substitute_note": "",
}
_KEY_LENGTH = 140


def substitute_key(name: str, phone: str) -> str:
    """Who somebody is: telephone (E.164) and name without titles, folded. Two of one family may share a telephone."""
    bare = names.split_titles(name)[1]
    return f"{phone}:{names.fold(bare) or bare.casefold()}"[:_KEY_LENGTH]


def may_decide(user: User, enrolment: Enrolment) -> bool:
    """Whether the user approves or refuses this participant's substitute; `enrolment` comes with `wave.program`."""
    right = Right.SCHEDULE if enrolment.wave.program.substitutes == Rule.OFFICE else Right.ANSWER_FOR
    return scope_of(user).may(right, enrolment.village_id)


def limit_words(limit: int) -> str:
    return (
        f"Gelombang ini menerima paling banyak {thousands(limit)} wakil, dan jumlah itu sudah tercapai. "
        "Pilih Hadir atau Berhalangan."
    )


def named_columns(
    *, wave: Wave, enrolment: Enrolment, content: AnswerContent, by: User | None, now: datetime
) -> dict[str, Any]:
    """What the enrolment says besides the answer once it names this substitute; the rows of both are locked.

    Whoever records the answer and may decide has decided; somebody who was approved before stays approved.
    Raises AnswerRefused: substitutes are not allowed, or no more of them; a head of the wave; whoever was refused
    already, unless an official records it. That nobody stands in twice is the database's word.
    """
    program = wave.program
    if program.substitutes == Rule.NONE:
        raise AnswerRefused({"": NOT_ALLOWED})
    key = substitute_key(content.substitute_name, content.substitute_phone)
    named = substitute_key(enrolment.substitute_name, enrolment.substitute_phone)
    if by is None and enrolment.substitute_state == State.REFUSED and key == named:
        raise AnswerRefused({"substitute_name": REFUSED_BEFORE})
    if head := head_of_wave(wave, content.substitute_phone, key):
        raise AnswerRefused({"substitute_name": IS_THE_HEAD if head == enrolment.head_id else IS_A_HEAD})
    # The constraint says so too, but not while keys are being changed and the same person has two sealed forms.
    if _stands_in_already(wave, enrolment, key):
        raise AnswerRefused({"substitute_name": TWICE})
    # Whoever is represented already has a place, even where the limit was lowered since.
    is_new = enrolment.answer != REPRESENTED
    limit = program.substitute_limit if is_new else 0
    if limit and _count_represented(wave) >= limit:
        raise AnswerRefused({"": limit_words(limit)})
    kept = {name: getattr(enrolment, name) for name in NOBODY} if enrolment.substitute_key == key else NOBODY
    return kept | {"substitute_key": key} | _state(kept["substitute_state"], program, enrolment, by, now)


def _state(former: str, program: Program, enrolment: Enrolment, by: User | None, now: datetime) -> dict[str, Any]:
    if program.substitutes == Rule.ALLOWED:
        return {"substitute_state": ""}
    if former == State.APPROVED:
        return {}
    if by and may_decide(by, enrolment):
        return {"substitute_state": State.APPROVED, "substitute_decided_at": now, "substitute_decided_by": by}
    return {"substitute_state": State.PENDING}


@beyond_scope("no head of the wave stands in for another one, wherever they live")
def head_of_wave(wave: Wave, phone: str, key: str) -> int | None:
    """Primary key of the head of the wave whom `key` means; `phone` is the number in it."""
    people = Enrolment.objects.active().filter(wave=wave)
    found = (head.pk for head in _heads_with_phones(people, [phone]) if substitute_key(head.name, head.phone) == key)
    return next(found, None)


@beyond_scope("nobody stands in for two heads of the wave, wherever they live")
def _stands_in_already(wave: Wave, enrolment: Enrolment, key: str) -> bool:
    others = Enrolment.objects.active().filter(wave=wave).exclude(pk=enrolment.pk)
    return others.filter(substitute_key=key).exists()


@beyond_scope("the limit counts the whole wave")
def _count_represented(wave: Wave) -> int:
    return Enrolment.objects.active().filter(wave=wave, answer=REPRESENTED).count()


def _heads_with_phones(people: QuerySet[Enrolment], numbers: Iterable[str]) -> QuerySet[RTHead]:
    """Heads among those people whom one of these telephones reaches."""
    return RTHead.objects.filter(phone__in=[number for number in numbers if number], enrolments__in=people)


def turn_back(people: Sequence[Enrolment], *, wave: Wave, note: str, actor: User | None, now: datetime) -> None:
    """Refuse the substitutes of these people of the wave: they have to answer again.

    The rows are locked and come with `head.rt.village`; `wave` with `program`. What was answered stays in the history,
    the seat stays theirs, and the personal page says who was refused and why. Each head is told through the outbox.
    """
    decisions = [
        keep_decision(one, Outcome.REFUSED, name=one.substitute_name, note=note, actor=actor, now=now) for one in people
    ]
    # The name stays, so that the page can say whom it is about; without a key that person may be named elsewhere.
    refused = {"substitute_state": State.REFUSED, "substitute_decided_at": now, "substitute_decided_by": actor}
    rows = Enrolment.objects.filter(pk__in=[one.pk for one in people])
    rows.update(answer="", answered_at=None, **(NOBODY | refused | {"substitute_note": note}))
    routes = routes_to(people, wave.program)
    drafts = (
        draft_to(
            one,
            routes=routes,
            kind=SUBSTITUTE_REFUSED,
            dedupe_key=f"{SUBSTITUTE_REFUSED}:{decision.pk}",
            group=wave.group,
            expires_at=wave.starts_at,
            now=now,
        )
        for one, decision in zip(people, decisions, strict=True)
    )
    enqueue([draft for draft in drafts if draft], now=now)
    for one in people:
        record_decision(one, wave, Outcome.REFUSED, note, actor=actor, now=now)


@beyond_scope("whom a head of the wave represents may live elsewhere: they have to answer again")
def turn_back_heads(wave: Wave, *, now: datetime) -> int:
    """Refuse every substitute of the wave who is one of its heads by now, and return how many those are.

    For whoever brings heads into a wave or changes their telephone or name; the wave's row is locked.
    """
    people = Enrolment.objects.active().filter(wave=wave)
    standing_in = people.filter(answer=REPRESENTED).exclude(substitute_key="")
    heads = _heads_with_phones(people, standing_in.values_list("substitute_phone", flat=True))
    keys = {substitute_key(head.name, head.phone) for head in heads}
    if not keys:
        return 0
    rows = standing_in.filter(substitute_key__in=keys).select_related("head__rt__village").order_by("pk")
    found = list(rows.select_for_update(of=("self",), no_key=True))
    if found:
        turn_back(found, wave=wave, note=HEAD_NOW, actor=None, now=now)
    return len(found)


def keep_decision(
    enrolment: Enrolment, outcome: str, *, name: str, note: str = "", actor: User | None, now: datetime
) -> SubstituteDecision:
    """A row of the participant's history."""
    return SubstituteDecision.objects.create(
        enrolment=enrolment, outcome=outcome, substitute_name=name, note=note, at=now, actor=actor
    )


def record_decision(
    enrolment: Enrolment, wave: Wave, outcome: str, note: str = "", *, actor: User | None, now: datetime
) -> None:
    """The audit line of a decision; `enrolment` comes with `head.rt`."""
    who = f"Wakil {enrolment.head} ({enrolment.head.rt}), {enrolment.substitute_name}"
    ending = f": {note}" if note else "."
    record(
        at=now,
        actor=actor,
        action=f"substitute.{outcome}",
        sentence=f"{who}, {Outcome(outcome).label}{ending}",
        region_code=enrolment.village_id,
        subject=wave.group,
        data={"enrolment": enrolment.pk, "outcome": outcome},
    )
