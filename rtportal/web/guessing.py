"""Wrong guesses at codes that lead somewhere without a sign-in: counted for each visitor and for all together.

Many wrong guesses of others close no door: then everybody has a few, so that who has a code still comes in. Only what
no crowd mistypes closes it: with enough addresses, a few guesses each would find somebody's code in the end.
"""

from django.http import HttpRequest

from rtportal.web.throttle import is_blocked, is_too_often, visitor

SECONDS = 3_600
# Who mistypes does not get so far.
MOST_FROM_ONE = 15
# From so many wrong guesses of all together on, somebody tries codes from many places: each has fewer then.
MANY_IN_ALL, MOST_WHILE_MANY = 200, 3
MOST_IN_ALL = 2_000


def may_guess(request: HttpRequest, what: str) -> bool:
    """Whether this visitor may still try a code of `what`, such as `code` or `check`; counts nothing."""
    if is_blocked(what, most=MOST_IN_ALL):
        return False
    most = MOST_WHILE_MANY if is_blocked(what, most=MANY_IN_ALL) else MOST_FROM_ONE
    return not is_blocked(_own(request, what), most=most)


def note_wrong_guess(request: HttpRequest, what: str) -> None:
    """A code of `what` that could be one and is nobody's."""
    for name in (_own(request, what), what):
        is_too_often(name, most=0, seconds=SECONDS)


def _own(request: HttpRequest, what: str) -> str:
    return f"{what}:{visitor(request)}"
