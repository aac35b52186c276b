"""The words of papers that admins may change for a programme: the kinds of papers, and their texts filled.

    register_paper("surat_tugas", label="Surat tugas", words={"ketua": "ketua panitia"}, examples={"ketua": "…"})
    paper_text("surat_tugas", program, {"ketua": "H. Ahmad Fauzi"}).paragraphs

The portal's own texts lie in `templates/print/words/<name>/subject.txt` and `body.txt`, in the words in braces of
`rtportal/lib/wording.py`, paragraphs apart by an empty line. What an admin writes instead is a `Wording` of the kind
`paper_<name>`. A paragraph that is nothing but `{rincian}` is where the paper puts its table of facts.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from django.template.loader import get_template

from programs.models import Program
from programs.vocabulary import PROGRAM_EXAMPLES, PROGRAM_WORDS, program_values, scope_of_program
from rtportal.accounts.models import User
from rtportal.messaging.wording import OwnWords, Wordable, Words

# The word whose paragraph stands for the table of facts, and that paragraph.
DETAILS = "rincian"
DETAILS_PARAGRAPH = "{rincian}"

# What papers about a wave know beside the programme: `event_values` of `participants/official_letters.py`.
EVENT_WORDS: Mapping[str, str] = {
    "gelombang": "nama gelombang",
    "waktu": "waktu pelaksanaan",
    "tempat": "tempat pelaksanaan",
}
EVENT_EXAMPLES: Mapping[str, str] = {
    "gelombang": "Gelombang 1",
    "waktu": "Rabu, 8 April 2026, 08.00–15.00 WITA",
    "tempat": "Aula Pendopo Bersinar, Pembataan",
}

# Every paper may speak of these; their values are known without the paper.
_EVERYWHERE = ("salam", "program", "kantor", "narahubung", "telepon_narahubung")
_GAP = re.compile(r"\n[ \t]*\n")


# For a user and the key of a wave or enrolment in their scope, now: template and data of `formats/pdf.py`. Raises
# InputError where there is nothing to print.
Sample = Callable[[User, int, datetime], tuple[str, dict]]


@dataclass(frozen=True, slots=True)
class PaperKind:
    """A paper whose words can be changed; `words` are name → what people call it, `examples` a usual value of each."""

    name: str
    label: str
    words: Mapping[str, str] = field(default_factory=dict)
    examples: Mapping[str, str] = field(default_factory=dict)
    # What its text must speak of, whoever writes it.
    required: tuple[str, ...] = ()

    # What a preview is for ("wave" or "enrolment"), and how it is made, where there is one.
    about: str = "wave"
    sample: Sample | None = field(default=None, compare=False)

    @property
    def wording_kind(self) -> str:
        """`Wording.kind` of what admins wrote for it."""
        return f"paper_{self.name}"

    @property
    def wordable(self) -> Wordable:
        """What admins may write instead."""
        alone = (DETAILS,) if DETAILS in self.words else ()
        default = default_paper_words(self.name)
        return Wordable(self.wording_kind, self.label, self.words, self.required, default, alone)


@dataclass(frozen=True, slots=True)
class PaperText:
    """What a paper says, filled: `subject` is its heading or *hal*; one of `paragraphs` may be DETAILS_PARAGRAPH."""

    subject: str
    paragraphs: list[str]


PAPER_KINDS: dict[str, PaperKind] = {}


def register_paper(
    name: str,
    *,
    label: str,
    words: Mapping[str, str] | None = None,
    examples: Mapping[str, str] | None = None,
    required: tuple[str, ...] = (),
    about: str = "wave",
    sample: Sample | None = None,
) -> PaperKind:
    """Make a paper's words known (call it when the export's module is imported); `name` has at most 34 characters.

    `salam`, `program`, `kantor`, `narahubung` and `telepon_narahubung` are added by themselves; a paper with a table of
    facts names `rincian` among its words. `about` and `sample` make its preview. Raises ValueError if another paper is
    called that.
    """
    known = PAPER_KINDS.get(name)
    kind = PaperKind(
        name,
        label,
        {word: PROGRAM_WORDS[word] for word in _EVERYWHERE} | dict(words or {}),
        {word: PROGRAM_EXAMPLES[word] for word in _EVERYWHERE} | dict(examples or {}),
        required,
        about,
        sample,
    )
    if known not in (None, kind):
        raise ValueError(f"two papers are called {name!r}")
    return PAPER_KINDS.setdefault(name, kind)


@cache
def default_paper_words(name: str) -> Words:
    """The portal's own words of a paper. Raises TemplateDoesNotExist for a paper without texts."""
    return Words(_source(name, "subject"), _source(name, "body"), "")


class PaperWords:
    """The words that hold for one paper of one programme, read once for however many sheets."""

    def __init__(self, kind: str, program: Program):
        """One query. `program.office` is loaded. Raises KeyError for a paper that nobody registered."""
        self.kind = PAPER_KINDS[kind]
        self._scope = scope_of_program(program.pk)
        self._own = OwnWords(self.kind.wording_kind, [self._scope])
        self._known = {word: value for word, value in program_values(program).items() if word in _EVERYWHERE}

    def text(self, values: Mapping[str, str]) -> PaperText:
        """The admin's words, filled; the portal's own where there are none or they do not fit any more.

        Raises WordingError if the portal's own words speak of something without a value.
        """
        given = {**self._known, **values, DETAILS: DETAILS_PARAGRAPH}
        words = default_paper_words(self.kind.name).filled(given)
        return paragraphs_of(self._own.instead_of(words, self._scope, given))


def paper_text(kind: str, program: Program, values: Mapping[str, str]) -> PaperText:
    """The words of one paper, filled; `values` are those of the kind's own words. One query.

    `program.office` is loaded. Raises KeyError for a paper that nobody registered, WordingError as `PaperWords.text`.
    """
    return PaperWords(kind, program).text(values)


def paragraphs_of(words: Words) -> PaperText:
    """Filled words as a paper prints them: paragraphs, without empty ones."""
    parts = (part.strip() for part in _GAP.split(words.text))
    return PaperText(words.subject, [part for part in parts if part])


def _source(name: str, part: str) -> str:
    # Read as it stands: the words in braces are not Django's.
    return get_template(f"print/words/{name}/{part}.txt").template.source.strip()
