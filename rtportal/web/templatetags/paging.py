"""Which page numbers a long list offers."""

from django import template
from django.core.paginator import Page

register = template.Library()


@register.filter
def page_numbers(page: Page) -> list[int]:
    """The first, the last and those around this page; 0 stands for a gap: `[1, 0, 6, 7, 8, 0, 20]`."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else 0 for number in numbers]
