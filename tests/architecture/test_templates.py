"""Pages obey the content security policy: nothing that runs or styles stands inside the markup."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
INLINE = {
    "a script without src": re.compile(r"<script(?![^>]*\bsrc=)[^>]*>", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "htmx's own script attribute": re.compile(r"<[^>]*\shx-on[:-]", re.IGNORECASE),
    "a javascript: address": re.compile(r"=\s*[\"']?javascript:", re.IGNORECASE),
    "an address outside": re.compile(r"<(?:script|link|img|iframe)\b[^>]*(?:src|href)\s*=\s*[\"'](?:https?:)?//"),
}
COMMENT = re.compile(r"{%\s*comment.*?endcomment\s*%}|{#.*?#}|<!--.*?-->", re.DOTALL)
# Data blocks are not run: `<script type="application/json">` is how a page hands values to its module.
DATA_BLOCK = re.compile(r"<script[^>]*type=[\"']application/json[\"'][^>]*>", re.IGNORECASE)


@pytest.mark.parametrize("kind", INLINE)
def test_no_template_holds(kind: str) -> None:
    found = []
    for path in sorted((ROOT / "templates").rglob("*.html")):
        text = DATA_BLOCK.sub("", COMMENT.sub("", path.read_text()))
        found += [f"{path.relative_to(ROOT)}: {match.group()}" for match in INLINE[kind].finditer(text)]
    assert found == []


@pytest.mark.parametrize(
    ("kind", "markup"),
    [
        ("a script without src", "<script>alert(1)</script>"),
        ("a style attribute", '<p class="x" style="color: red">'),
        ("an event attribute", '<button onclick="go()">'),
        ("an address outside", '<link rel="stylesheet" href="https://cdn.example/x.css">'),
    ],
)
def test_the_rule_finds(kind: str, markup: str) -> None:
    assert INLINE[kind].search(markup)
