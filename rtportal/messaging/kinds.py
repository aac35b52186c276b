"""Kinds of messages: each app's `messages.py` says what a message of its kind reads like when it is sent.

    @message_kind("invitation", label="Undangan")
    def invitation(messages: list[Message]) -> dict[int, Content | Unfit]: ...

Such a function gets many messages at once and makes the same number of queries for one and for a hundred. A message
it leaves out is not sent any more (the enrolment is gone, the wave has passed); for another reason it gives an Unfit.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from rtportal.lib.personal_numbers import masked_niks
from rtportal.messaging.models import Message
from rtportal.messaging.wording import OwnWords, Wordable, Words, default_words

logger = logging.getLogger("rtportal.messaging")


@dataclass(frozen=True, slots=True)
class Content:
    """What a message says, as plain text; `text` has one line per paragraph, `short` is for SMS.

    `edition` is the version of its matter that the text tells, by the kind's own count: it is kept on the message.
    `values` are the kind's variables by name, for texts that are written elsewhere (an admin's own words, templates
    that a provider approves); `scope`, such as `program:12`, says whose own words hold.
    """

    subject: str
    text: str
    edition: int | None = None
    short: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Unfit:
    """Why a message has no content: it may not be sent (cancelled, failed) or not now (queued)."""

    state: Message.State
    detail: str


Renderer = Callable[[list[Message]], Mapping[int, Content | Unfit]]


@dataclass(frozen=True, slots=True)
class MessageKind:
    name: str
    label: str
    render: Renderer
    # What its texts may speak of: name → what people call it.
    variables: Mapping[str, str] = field(default_factory=dict)
    # A usual value of each variable, for previews and for providers that approve texts.
    examples: Mapping[str, str] = field(default_factory=dict)
    # What its text and its short text must speak of, whoever writes them.
    required: tuple[str, ...] = ()

    @property
    def wordable(self) -> Wordable:
        """What admins may write instead. Raises TemplateDoesNotExist for a kind without texts."""
        return Wordable(self.name, self.label, self.variables, self.required, default_words(self.name))


_kinds: dict[str, MessageKind] = {}


def message_kind(
    name: str,
    *,
    label: str = "",
    variables: Mapping[str, str] | None = None,
    examples: Mapping[str, str] | None = None,
    required: tuple[str, ...] = (),
) -> Callable[[Renderer], Renderer]:
    """Registers the function as the renderer of kind `name` (at most 40 characters); `label` is what people read.

    `variables` names what `Content.values` of this kind holds, `examples` has a usual value for each, `required` are
    those that no text of the kind may leave out.
    """

    def register(renderer: Renderer) -> Renderer:
        if name in _kinds and _kinds[name].render is not renderer:
            raise ValueError(f"two renderers for messages of kind {name!r}")
        _kinds[name] = MessageKind(name, label or name, renderer, variables or {}, examples or {}, required)
        return renderer

    return register


def kind_labels() -> dict[str, str]:
    """Every registered kind with what people call it."""
    return {kind.name: kind.label for kind in _kinds.values()}


def all_kinds() -> dict[str, MessageKind]:
    """Every registered kind by its name."""
    return dict(_kinds)


def written(kind: str, values: Mapping[str, str], *, edition: int | None = None, scope: str = "") -> Content:
    """What a message of this kind says in the portal's own words (`templates/messages/<kind>/`)."""
    words = default_words(kind).filled(values)
    return Content(words.subject, words.text, edition, words.short, values, scope)


def render(messages: Iterable[Message]) -> dict[int, Content | Unfit]:
    """What each message says, by its primary key, or why it says nothing. Never raises."""
    by_kind: dict[str, list[Message]] = defaultdict(list)
    for message in messages:
        by_kind[message.kind].append(message)
    rendered: dict[int, Content | Unfit] = {}
    for name, group in by_kind.items():
        rendered |= _render_kind(name, group)
    return {pk: _without_niks(one) if isinstance(one, Content) else one for pk, one in rendered.items()}


def _without_niks(content: Content) -> Content:
    """Nobody may write one into the words; but people put a NIK under any heading, such as beside a name."""
    said = (content.subject, content.text, content.short, *content.values.values())
    if all(masked_niks(text) == text for text in said):
        return content
    values = {name: masked_niks(value) for name, value in content.values.items()}
    subject, text, short = map(masked_niks, said[:3])
    return replace(content, subject=subject, text=text, short=short, values=values)


def _render_kind(name: str, group: list[Message]) -> dict[int, Content | Unfit]:
    kind = _kinds.get(name)
    if kind is None:
        unfit = Unfit(Message.State.FAILED, f"Jenis pesan “{name}” tidak dikenal oleh portal ini.")
        return {message.pk: unfit for message in group}
    try:
        contents = _in_own_words(name, kind.render(group))
    except Exception:
        logger.exception("rendering %d messages of kind %s failed", len(group), name)
        if len(group) == 1:
            return {group[0].pk: Unfit(Message.State.QUEUED, "Isi pesan belum dapat dibuat.")}
        # One message that cannot be rendered must not hold back the others of its batch.
        apart: dict[int, Content | Unfit] = {}
        for message in group:
            apart |= _render_kind(name, [message])
        return apart
    cancelled = Unfit(Message.State.WITHDRAWN, "Pesan ini tidak perlu dikirim lagi.")
    return {message.pk: contents.get(message.pk, cancelled) for message in group}


def _in_own_words(kind: str, contents: Mapping[int, Content | Unfit]) -> Mapping[int, Content | Unfit]:
    """The same with what admins wrote for the kind in place of the portal's words; one query if there are values."""
    scopes = {content.scope for content in contents.values() if isinstance(content, Content) and content.values}
    if not scopes:
        return contents
    own = OwnWords(kind, scopes)
    if not own.rows:
        return contents
    return {
        pk: _reworded(content, own) if isinstance(content, Content) and content.values else content
        for pk, content in contents.items()
    }


def _reworded(content: Content, own: OwnWords) -> Content:
    words = own.instead_of(Words(content.subject, content.text, content.short), content.scope, content.values)
    return replace(content, subject=words.subject, text=words.text, short=words.short)
