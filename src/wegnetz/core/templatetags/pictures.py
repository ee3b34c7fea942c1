"""Small pictures of how far something is. Each stands beside words that say the same."""

from __future__ import annotations

from itertools import pairwise

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

# More nodes than this would touch each other; then the words alone say it.
MOST_NODES = 9
FIRST, LAST = 8.0, 148.0


@register.simple_tag
def steps(done: int, number: int) -> SafeString:
    """A path of `number` nodes: those that are `done`, the one that comes now, and those to come."""
    if not 0 < number <= MOST_NODES:
        return SafeString()
    gap = (LAST - FIRST) / max(number - 1, 1)
    places = [round(FIRST + gap * node) for node in range(number)]
    lines = format_html_join(
        "", '<line{} x1="{}" y1="10" x2="{}" y2="10"/>',
        (
            (SafeString(' class="d"') if at >= done else "", left, right)
            for at, (left, right) in enumerate(pairwise(places))
        ),
    )  # fmt: skip
    nodes = format_html_join("", "{}", ((_node(at, place, done),) for at, place in enumerate(places)))
    return format_html('<svg viewBox="0 0 160 20" aria-hidden="true">{}{}</svg>', lines, nodes)


def _node(at: int, place: int, done: int) -> SafeString:
    if at < done:
        return format_html('<circle class="on" cx="{}" cy="10" r="6"/>', place)
    if at > done:
        return format_html('<circle cx="{}" cy="10" r="5.5"/>', place)
    now = '<circle class="at" cx="{}" cy="10" r="8"/><circle class="core" cx="{}" cy="10" r="3"/>'
    return format_html(now, place, place)
