"""Template filters that say dates, times and numbers the Indonesian way (built in: no `{% load %}` needed)."""

from django import template

from rtportal.lib import clock, numbers, phones

register = template.Library()

register.filter("thousands", numbers.thousands)
register.filter("rupiah", numbers.rupiah)
register.filter("percent", numbers.percent)
register.filter("phone", phones.display)
register.filter("date_words", clock.date_words)
register.filter("short_date", clock.short_date)


@register.filter
def moment_words(instant, zone: str) -> str:
    """`{{ wave.starts_at|moment_words:wave.zone }}` → `Rabu, 8 November 2023, 08.00 WITA`."""
    return clock.moment_words(instant, zone) if instant else ""


@register.filter
def soon_words(instant, zone: str) -> str:
    """When something is to come, seen from now: `08.05 WITA`, `besok 07.30 WITA`, else day and time."""
    return clock.soon_words(instant, zone, now=clock.now()) if instant else ""


@register.filter
def short_moment(instant, zone: str) -> str:
    """For cells of a table: `8 Nov 2023 08.00 WITA`."""
    return clock.short_moment(instant, zone) if instant else ""


@register.filter
def time_words(instant, zone: str) -> str:
    return clock.time_words(instant, zone) if instant else ""


@register.filter
def clock_words(instant, zone: str) -> str:
    """With seconds, for pages that refresh themselves: `08.00.05 WITA`."""
    return f"{instant.astimezone(clock.parse_zone(zone)):%H.%M.%S} {clock.zone_label(zone, instant)}"


@register.filter
def day_words(instant, zone: str) -> str:
    """The local day of an instant: `Rabu, 8 November 2023`."""
    return clock.date_words(clock.local_date(instant, zone)) if instant else ""


@register.filter
def hours_words(item, zone: str) -> str:
    """Local hours of something with `starts_at` and `ends_at`: `08.00–09.30 WITA`."""
    start, end = item.starts_at, item.ends_at
    if clock.local_date(start, zone) != clock.local_date(end, zone):
        return clock.span_words(start, end, zone)
    return f"{clock.time_words(start, zone).split()[0]}–{clock.time_words(end, zone)}"


@register.simple_tag(takes_context=True)
def query_with(context, **changes) -> str:
    """The page's query string with some parameters replaced (an empty value removes one)."""
    params = context["request"].GET.copy()
    for key, value in changes.items():
        if value in (None, ""):
            params.pop(key, None)
        else:
            params[key] = value
    return f"?{params.urlencode()}" if params else "?"
