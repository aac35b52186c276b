"""The HTML part of a mail, made from its text: the office on top, paragraphs, the personal link as a button.

Nothing is fetched from anywhere, and styles stand in the markup because mail programs drop everything else. Whoever
reads plain text reads the same words.
"""

import re
from functools import lru_cache
from html import escape

# The colours of the portal's own pages.
_ACCENT, _INK, _PAPER, _GROUND = "#0b5351", "#1c2526", "#ffffff", "#eef2f2"
_FONT = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif"

_HEAD = (
    '<!DOCTYPE html>\n<html lang="id">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n</head>\n'
    f'<body style="margin:0;padding:0;background:{_GROUND}">\n'
    f'<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:{_GROUND}">\n'
    '<tr><td align="center" style="padding:16px 8px">\n'
    '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" '
    f'style="max-width:600px;background:{_PAPER};border-radius:6px">\n'
    f'<tr><td style="padding:16px 24px;background:{_ACCENT};color:{_PAPER};border-radius:6px 6px 0 0;{_FONT};'
    'font-size:18px;line-height:24px;font-weight:bold">{office}</td></tr>\n'
    f'<tr><td style="padding:16px 24px 24px;color:{_INK};{_FONT};font-size:18px;line-height:28px">\n'
)
_FOOT = "</td></tr>\n</table>\n</td></tr>\n</table>\n</body>\n</html>\n"
_BUTTON = (
    '<p style="margin:24px 0"><a href="{link}" style="display:inline-block;padding:12px 24px;border-radius:6px;'
    f'background:{_ACCENT};color:{_PAPER};font-weight:bold;text-decoration:none">'
    "Buka halaman pribadi Bapak/Ibu</a></p>\n"
    # A mail program that shows no buttons, or a reader who trusts none, still finds the address.
    '<p style="margin:0 0 16px;font-size:14px;line-height:20px;word-break:break-all">{link}</p>\n'
)

_LINK = re.compile(r"https?://[^\s<>\"']*[^\s<>\"'.,;:!?)]")
_PARAGRAPHS = re.compile(r"\n\s*\n")


def letter(*, subject: str, text: str, office: str) -> str:
    """An HTML page that says the same as the text. Everything in it may be typed by anybody: it is escaped.

    Blank lines part paragraphs. A line that is nothing but a web address becomes a button, addresses inside a line
    become links.
    """
    head = _head(subject, office)
    paragraphs = _PARAGRAPHS.split(text.replace("\r\n", "\n").replace("\r", "\n").strip())
    return head + "".join(_paragraph(paragraph) for paragraph in paragraphs if paragraph.strip()) + _FOOT


# The same for everybody in a wave.
@lru_cache(maxsize=64)
def _head(subject: str, office: str) -> str:
    return _HEAD.format(title=_safe(subject), office=_safe(office))


def _paragraph(text: str) -> str:
    if "http" not in text:
        return _lines(text)
    parts, plain = [], []
    for line in text.split("\n"):
        if _LINK.fullmatch(line.strip()):
            parts += [_lines("\n".join(plain)), _BUTTON.format(link=_safe(line.strip()))]
            plain = []
        else:
            plain.append(line)
    return "".join([*parts, _lines("\n".join(plain))])


# Most paragraphs of a message are the same for a whole wave.
@lru_cache(maxsize=512)
def _lines(text: str) -> str:
    if not text.strip():
        return ""
    safe = _LINK.sub(_anchor, _safe(text)).strip("\n").replace("\n", "<br>\n")
    return f'<p style="margin:16px 0">{safe}</p>\n'


def _safe(text: str) -> str:
    """Escaped and in ASCII, so that it can travel as it is; a link holds no quotes."""
    return escape(text, quote=False).encode("ascii", "xmlcharrefreplace").decode()


def _anchor(match: re.Match[str]) -> str:
    return f'<a href="{match[0]}" style="color:{_ACCENT}">{match[0]}</a>'
