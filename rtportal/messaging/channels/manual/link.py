"""The address that opens WhatsApp on the operator's own telephone with the message written already."""

from collections.abc import Iterable
from urllib.parse import quote

# Between the messages to several people who share a telephone.
BETWEEN = "\n\n* * *\n\n"


def chat_link(phone: str, texts: Iterable[str]) -> str:
    """`https://wa.me/<digits>?text=…` for a number in E.164; several texts become one message."""
    text = BETWEEN.join(text.strip() for text in texts)
    return f"https://wa.me/{phone.lstrip('+')}?text={quote(text, safe='')}"
