"""What the browser needs to ask for a passkey, as a value of an attribute (no script may stand in a page)."""

import json

from django import template

register = template.Library()


@register.filter
def as_json(value: dict) -> str:
    """JSON of what `allauth.mfa.webauthn` begins with; the template escapes it for the attribute."""
    return json.dumps(value)
