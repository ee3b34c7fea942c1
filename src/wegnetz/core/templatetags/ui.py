"""Small pieces of the pages: icons, states, dates, the strip of a period. Built into every template."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.template.context import Context
from django.templatetags.static import static
from django.utils import dateformat, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from wegnetz.rules.facts import Year

register = template.Library()

# Shapes on a 24 x 24 grid. States differ in shape first: colour alone must never tell them apart.
SHAPES = {
    "ok": '<circle cx="12" cy="12" r="9" fill="currentColor" stroke="none"/>'
    '<path d="m7.5 12.5 3 3 6-6.5" stroke="var(--wn-paper)"/>',
    "no": '<circle cx="12" cy="12" r="8.5"/><path d="M7.5 12h9"/>',
    "case": '<circle cx="12" cy="12" r="8.5"/>'
    '<path d="M12 3.5a8.5 8.5 0 0 0 0 17z" fill="currentColor" stroke="none"/>',
    "ask": '<circle cx="12" cy="12" r="8.5" stroke-dasharray="3.4 3.3"/>'
    '<path d="M9.6 9.7a2.5 2.5 0 1 1 3.6 2.3c-.8.4-1.2.9-1.2 1.7M12 16.6v.1"/>',
    "late": '<path d="M12 3 21 12 12 21 3 12z"/><path d="M12 8v4.5M12 15.8v.1"/>',
    "soon": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7.5V12l3 2"/>',
    "calm": '<circle cx="12" cy="12" r="7.5"/>',
    "now": '<circle cx="12" cy="12" r="8" fill="currentColor" stroke="none"/>',
    "search": '<circle cx="11" cy="11" r="6.5"/><path d="m16 16 4.5 4.5"/>',
    "user": '<circle cx="12" cy="8" r="4"/><path d="M4 21c0-4 3.5-6.5 8-6.5s8 2.5 8 6.5"/>',
    "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
    "close": '<path d="m6 6 12 12M18 6 6 18"/>',
    "check": '<path d="m4.5 12.5 5 5 10-11"/>',
    "mind": '<path d="M12 4v10M12 19v.1"/>',
    "arrow": '<path d="M4 12h13M12 6l6 6-6 6"/>',
    "next": '<path d="m9 5 7 7-7 7"/>',
    "more": '<path d="M5 12v.1M12 12v.1M19 12v.1"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "chat": '<path d="M4 5h16v11H9l-5 4z"/>',
    "doc": '<path d="M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6"/>',
    "plan": '<path d="M4 5h11M4 10h7M4 15h5M13 17l3 3 5-6"/>',
    "list": '<path d="M4 6h.1M4 12h.1M4 18h.1M9 6h11M9 12h11M9 18h11"/>',
    "calendar": '<path d="M4 6h16v14H4zM4 10.5h16M8.5 3v4M15.5 3v4"/>',
    "lock": '<path d="M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3"/>',
    "key": '<circle cx="8" cy="15" r="4"/><path d="m11 12 8-8M15.5 7.5l3 3"/>',
    "eye": '<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/>'
    '<circle cx="12" cy="12" r="3"/>',
    "network": '<circle cx="12" cy="12" r="2.5"/><circle cx="5" cy="6" r="2"/><circle cx="19" cy="7" r="2"/>'
    '<circle cx="17" cy="19" r="2"/><path d="m6.6 7.3 3.5 3M14.2 10.8l3-2.6M13.4 14l2.5 3.3"/>',
    "language": '<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c3 3 3 14 0 17M12 3.5c-3 3-3 14 0 17"/>',
    "pin": '<path d="M12 21s-6.5-6-6.5-11a6.5 6.5 0 0 1 13 0c0 5-6.5 11-6.5 11z"/><circle cx="12" cy="10" r="2.3"/>',
    "offline": '<path d="M3 9c5.5-5 12.5-5 18 0M6.5 13c3.5-3 7.5-3 11 0M12 18v.1M4 4l16 16"/>',
    "star": '<path d="m12 3.5 2.6 5.4 5.9.8-4.3 4.1 1 5.9-5.2-2.8-5.2 2.8 1-5.9-4.3-4.1 5.9-.8z"/>',
    "heart": '<path d="M12 20s-7.5-4.6-7.5-10A4.1 4.1 0 0 1 12 7.6 4.1 4.1 0 0 1 19.5 10c0 5.4-7.5 10-7.5 10z"/>',
    "again": '<path d="M19.5 12a7.5 7.5 0 1 1-2.2-5.3M19.5 3v4.2h-4.2"/>',
    "face-3": '<circle cx="12" cy="12" r="9.5"/>'
    '<path d="M8.8 9.3v.6M15.2 9.3v.6M7.5 14c1.2 2 2.7 3 4.5 3s3.3-1 4.5-3"/>',
    "face-2": '<circle cx="12" cy="12" r="9.5"/><path d="M8.8 9.3v.6M15.2 9.3v.6M8 15.3h8"/>',
    "face-1": '<circle cx="12" cy="12" r="9.5"/>'
    '<path d="M8.8 9.3v.6M15.2 9.3v.6M7.5 17c1.2-2 2.7-3 4.5-3s3.3 1 4.5 3"/>',
    "home": '<path d="M4 11 12 4l8 7v9h-5.5v-6h-5v6H4z"/>',
}
PICTURES = "wegnetz/vendor/pictures.svg"  # of interests; made by tools/pictures.py
DIRECTED = {"arrow", "next"}
STATES = {"ok", "no", "case", "ask", "late", "soon", "calm"}


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """An icon of SHAPES, hidden from screen readers: a word must stand beside it. KeyError: unknown."""
    classes = " ".join(part for part in ("wn-ic", "wn-ic--dir" if name in DIRECTED else "", css) if part)
    return format_html('<svg class="{}" viewBox="0 0 24 24" aria-hidden="true">' + SHAPES[name] + "</svg>", classes)


@register.simple_tag
def tiles() -> dict[str, str]:
    """Where this server has pictures to lie under maps, and whom to name for them; empty where it has none."""
    return {"address": settings.TILES, "source": settings.TILES_SOURCE}


@register.simple_tag
def picture(name: str) -> SafeString:
    """A picture of pictures.svg, hidden from screen readers: its word must stand beside it."""
    return format_html(
        '<svg class="wn-pic" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>', static(PICTURES), name
    )


@register.simple_tag
def state(kind: str, word: str) -> SafeString:
    """A status as sign and word. `kind` is one of STATES; KeyError otherwise."""
    if kind not in STATES:
        raise KeyError(kind)
    return format_html('<span class="wn-state wn-state--{}">{}{}</span>', kind, icon(kind), word)


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: object) -> str:
    """The query string of this page with `changes`; None or an empty value takes a parameter away."""
    parameters = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None or value == "":
            parameters.pop(name, None)
        else:
            parameters[name] = str(value)
    return f"?{parameters.urlencode()}"


@register.simple_tag
def pages(page: Page[object]) -> list[int | None]:
    """The page numbers to show around `page`; None stands for a gap."""
    shown: Iterable[int | str] = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else None for number in shown]


def _local(value: date) -> date:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


@register.filter
def day(value: date | Year | None) -> str:
    """7. Oktober 2021; in other languages 7 October 2021. A bare year stays a year, None is empty."""
    if value is None or isinstance(value, Year):
        return str(value.value) if value else ""
    return dateformat.format(_local(value), "j. F Y" if _german() else "j F Y")


@register.filter
def shortday(value: date | Year | None) -> str:
    """07.10.2021; in other languages 7 Oct 2021. A bare year stays a year, None is empty."""
    if value is None or isinstance(value, Year):
        return str(value.value) if value else ""
    return dateformat.format(_local(value), "d.m.Y" if _german() else "j M Y")


@register.filter
def weekday(value: date) -> str:
    """Mo, 11.10.2021; in other languages Mon 11 Oct 2021."""
    return dateformat.format(_local(value), "D, d.m.Y" if _german() else "D j M Y")


@register.filter
def longday(value: date) -> str:
    """Montag, 11. Oktober; in other languages Monday 11 October."""
    return dateformat.format(_local(value), "l, j. F" if _german() else "l j F")


@register.filter
def clock(value: datetime) -> str:
    """9:30, in local time."""
    return dateformat.format(_local(value), "G:i")


def _german() -> bool:
    return (get_language() or "de").startswith("de")


def _whole(text: str) -> str:
    """Lines break after a comma, never within a date."""
    return text.replace(" ", "\N{NO-BREAK SPACE}").replace(",\N{NO-BREAK SPACE}", ", ")


@register.simple_tag
def span(
    start: date | None,
    end: date | None,
    day: date,
    axis_from: date,
    axis_to: date,
    *,
    start_text: str = "",
    end_text: str = "",
) -> SafeString:
    """A period as a bar on the axis from `axis_from` to `axis_to`, both days included, with a tick at `day`.

    An open end (None) runs to the edge. The words below say the same; `start_text` and `end_text`
    replace them.
    """
    days = max((axis_to - axis_from).days + 1, 1)

    def place(at: date) -> float:
        return min(max((at - axis_from).days * 100 / days, 0.0), 100.0)

    left = place(start) if start else 0.0
    right = place(end + timedelta(days=1)) if end and end < axis_to else 100.0
    if end and end < axis_from:
        right = left
    tick = min(place(day), 99.3)
    first = start_text or (gettext("ab %s") % shortday(start) if start else gettext("ohne festen Beginn"))
    last = end_text or (gettext("bis %s") % shortday(end) if end else gettext("Ende offen"))
    return format_html(
        '<div class="wn-span"><svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="ax" x="0" y="4.6" width="100" height=".8"/>'
        '<rect x="{}" y="2.5" width="{}" height="5"/>'
        '<rect class="tick" x="{}" y="0" width=".7" height="10"/></svg>'
        '<span class="row"><span>{}</span><span>{}</span></span></div>',
        f"{left:.2f}",
        f"{max(right - left, 0.0):.2f}",
        f"{tick:.2f}",
        _whole(first),
        _whole(last),
    )
