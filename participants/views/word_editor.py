"""What the editors of words share: an earlier version taken up, a version saved on top of what was seen."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest

from participants.forms.wording import WordsForm
from programs.models import Program
from programs.vocabulary import scope_of_program
from rtportal.lib import clock
from rtportal.lib.clean_text import storable
from rtportal.lib.errors import InputError
from rtportal.messaging.models import Wording
from rtportal.messaging.use_cases.save_wording import StaleWording, save_wording
from rtportal.messaging.wording import Wordable, words_of


def initial_words(request: HttpRequest, kind: Wordable, history: Sequence[Wording]) -> dict:
    """What the form shows first; `versi` takes up an earlier version (0: the portal's words)."""
    newest = history[0] if history else None
    wanted = request.GET.get("versi", "")
    chosen = next((row for row in history if str(row.number) == wanted), None if wanted == "0" else newest)
    words = words_of(chosen, kind.default)
    number = newest.number if newest else 0
    return {"number": number, "subject": words.subject, "text": words.text, "short": words.short}


def words_saved(request: HttpRequest, program: Program, kind: Wordable, form: WordsForm) -> bool:
    """Saves what a valid form holds and says so; a refusal is shown in the form."""
    try:
        row = save_wording(
            kind=kind,
            scope=scope_of_program(program.pk),
            number=form.cleaned_data["number"],
            words=form.words(),
            by=request.user,
            region_code=program.region_id,
            now=clock.now(),
        )
    except InputError as refusal:
        form.refuse(refusal)
        if isinstance(refusal, StaleWording):
            form.save_on_top_of(refusal.newest.number)
        return False
    words = f"Disimpan sebagai versi {row.number}." if row else "Tidak ada yang berubah."
    messages.success(request, words)
    return True


def asked_of(request: HttpRequest) -> tuple[str, str]:
    """What to search recipients for, and the key of the one that was chosen."""
    asked = request.POST if request.method == "POST" else request.GET
    return storable(asked.get("cari", "")).strip()[:60], asked.get("penerima", "")


def chosen_of(people: Sequence[tuple[str, str]], key: str) -> str:
    """The chosen recipient if it is one of `people`, else the first; "" for none."""
    keys = [one for one, _ in people]
    return key if key in keys else next(iter(keys), "")
