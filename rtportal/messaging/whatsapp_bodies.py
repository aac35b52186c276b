"""What Meta asks of the words of a template, and the words the portal proposes for each kind of message."""

import re

from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from rtportal.lib.errors import InputError
from rtportal.lib.wording import WordingError, check, fill, variables_in
from rtportal.messaging.kinds import MessageKind

LONGEST_BODY = 1024
# Meta refuses texts that are mostly variables; this is on the safe side of its rule.
FEWEST_WORDS_PER_VARIABLE = 3
_PLACE = "\x01"
_ADJACENT = re.compile(rf"{_PLACE}\s*{_PLACE}")


def proposed_body(kind: str) -> str:
    """The portal's own words for a kind; "" if it has none for WhatsApp."""
    try:
        # Read as it stands: the words in braces are not Django's.
        return get_template(f"messages/{kind}/whatsapp.txt").template.source.strip()
    except TemplateDoesNotExist:
        return ""


def parameters_of(body: str, kind: MessageKind) -> list[str]:
    """The variables of a body in the order of their first use: Meta's {{1}}, {{2}}, …

    Raises InputError with a sentence for a body that Meta would refuse, or that speaks of what the kind does not know.
    """
    check(body, kind.variables)
    names = variables_in(body)
    # Each variable as one sign that no text has, so that its neighbours can be seen.
    shape = fill(body, dict.fromkeys(names, _PLACE)).strip()
    if len(body) > LONGEST_BODY:
        raise WordingError(f"Isi templat paling panjang {LONGEST_BODY} huruf; ini {len(body)} huruf.")
    if shape.startswith(_PLACE) or shape.endswith(_PLACE):
        raise WordingError("Meta tidak menerima templat yang diawali atau diakhiri isian. Tambahkan kata di situ.")
    if _ADJACENT.search(shape):
        raise WordingError("Meta tidak menerima dua isian yang berdampingan. Tulis kata di antaranya.")
    if len(shape.replace(_PLACE, " ").split()) < FEWEST_WORDS_PER_VARIABLE * shape.count(_PLACE):
        raise WordingError("Kata di sekitar isian terlalu sedikit, sehingga Meta akan menolaknya.")
    return names


def lines_joined(text: str) -> str:
    """The text with plain line ends and no more than one empty line in a row, as Meta asks."""
    joined = re.sub(r"\n{3,}", "\n\n", text.replace("\r\n", "\n").replace("\r", "\n"))
    return joined.strip()


class StaleTemplate(InputError):
    """Somebody else saved in between."""

    def __init__(self) -> None:
        super().__init__("Templat ini diubah petugas lain. Muat ulang halaman, lalu ulangi perubahan Anda.")
