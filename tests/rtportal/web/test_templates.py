"""What every template keeps to: the content security policy would refuse anything else."""

import re

import pytest
from django.conf import settings

ROOT = settings.BASE_DIR / "templates"
PAGES = sorted(str(path.relative_to(ROOT)) for path in ROOT.rglob("*.html"))

INLINE_STYLE = re.compile(r"<style|\sstyle\s*=", re.IGNORECASE)
INLINE_HANDLER = re.compile(r"<[^>]*\s(on[a-z]+|hx-on[:\w-]*)\s*=", re.IGNORECASE)
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")", re.IGNORECASE)
FROM_ELSEWHERE = re.compile(r"<(script|link|img|iframe)[^>]*(src|href)=[\"'](https?:)?//", re.IGNORECASE)
COMMENT = re.compile(r"\{% comment %\}.*?\{% endcomment %\}", re.DOTALL)


@pytest.mark.parametrize("rule", [INLINE_STYLE, INLINE_HANDLER, INLINE_SCRIPT, FROM_ELSEWHERE])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_inline_and_nothing_comes_from_elsewhere(name, rule):
    found = rule.search(COMMENT.sub("", (ROOT / name).read_text()))
    assert found is None, found.group()


@pytest.mark.parametrize("name", ["400.html", "500.html"])
def test_a_page_for_the_worst_moment_needs_no_template_language(name):
    text = (ROOT / name).read_text()
    assert "{%" not in text
    assert "{{" not in text


def test_the_style_sheet_of_rt_heads_stays_small_and_alone():
    sheet = (settings.BASE_DIR / "static/css/personal.css").read_text()
    assert len(sheet.encode()) <= 4096
    assert "@import" not in sheet
    assert "url(" not in sheet
    frame = COMMENT.sub("", (ROOT / "personal_base.html").read_text())
    assert frame.count("stylesheet") == 1
    assert "<script" not in frame
