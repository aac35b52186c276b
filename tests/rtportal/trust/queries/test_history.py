"""Every action of the portal is found under one word of the filter."""

import re

from rtportal.trust.queries.history import KINDS
from tests.architecture.calls import modules


def actions() -> set[str]:
    """Names of actions in the source; of those put together only the beginning."""
    found = set()
    for name, path in modules():
        text = path.read_text()
        if "rtportal.audit.record" in text or "sign_in_notes" in text or ".use_cases." in name:
            found |= set(re.findall(r'(?:action=|note\(\s*)f?"([a-z_]+\.[a-z_]*)', text))
    return found


def test_each_action_belongs_to_one_kind():
    known = actions()
    assert len(known) > 80
    kinds = {action: [kind.name for kind in KINDS if kind.has(action.rstrip("."))] for action in known}
    assert {action: names for action, names in kinds.items() if len(names) != 1} == {}


def test_no_kind_has_names_of_another():
    names = [name for kind in KINDS for name in kind.beginnings]
    assert len(names) == len(set(names))
