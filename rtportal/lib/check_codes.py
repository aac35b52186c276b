"""Codes such as `KQ73-MT9A-…` in the address where anybody checks a printed paper: nobody finds one by trying.

Signs as in `short_codes`, eighteen of thirty: 88 bits.
"""

import re
import secrets

from rtportal.lib.short_codes import ALPHABET

LENGTH = 18
_FORM = re.compile(rf"[{ALPHABET}]{{{LENGTH}}}")
_PART = 6


def make_check_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def show_check_code(code: str) -> str:
    """`KQ73MT-9ABCDE-…`, as it is printed in an address; `read_check_code` takes it back."""
    return "-".join(code[start : start + _PART] for start in range(0, len(code), _PART))


def read_check_code(typed: str) -> str:
    """The code without dashes and in capitals, as it is kept; "" for what cannot be one."""
    code = typed[:60].replace("-", "").replace(" ", "").upper()
    return code if _FORM.fullmatch(code) else ""
