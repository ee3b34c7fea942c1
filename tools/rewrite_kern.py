"""Turn the physical CSS of @kern-ux/native into logical CSS, and drop its utility classes.

Usage: python tools/rewrite_kern.py <path to @kern-ux/native/dist> > kern.css
After an upgrade: run again, compare the pages in Arabic, note both checksums in vendor/SOURCES.md.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

SIDES = {"left": "start", "right": "end"}
CORNERS = {
    "top-left": "start-start",
    "top-right": "start-end",
    "bottom-left": "end-start",
    "bottom-right": "end-end",
}


def split_values(text: str) -> list[str]:
    """Split a shorthand at the spaces outside of parentheses."""
    parts: list[str] = []
    depth, current = 0, ""
    for char in text.strip():
        depth += (char == "(") - (char == ")")
        if char == " " and depth == 0:
            parts.append(current)
            current = ""
        else:
            current += char
    return [part for part in [*parts, current] if part]


def shorthand(match: re.Match[str]) -> str:
    before, name, value = match.groups()
    important = " !important" if "!important" in value else ""
    parts = split_values(value.replace("!important", ""))
    if len(parts) != 4 or parts[1] == parts[3]:
        return match.group(0)
    top, right, bottom, left = parts
    return f"{before}{name}-block:{top} {bottom}{important};{name}-inline:{left} {right}{important}"


RULES: tuple[tuple[str, Callable[[re.Match[str]], str]], ...] = (
    (
        r"([{;])(margin|padding|scroll-margin|scroll-padding)-(left|right):",
        lambda m: f"{m[1]}{m[2]}-inline-{SIDES[m[3]]}:",
    ),
    (
        r"([{;])border-(left|right)((?:-[a-z]+)?):",
        lambda m: f"{m[1]}border-inline-{SIDES[m[2]]}{m[3]}:",
    ),
    (r"([{;])(left|right):", lambda m: f"{m[1]}inset-inline-{SIDES[m[2]]}:"),
    (r"([{;]text-align:)(left|right)", lambda m: m[1] + SIDES[m[2]]),
    (r"([{;](?:float|clear):)(left|right)", lambda m: f"{m[1]}inline-{SIDES[m[2]]}"),
    (
        r"([{;])border-(top-left|top-right|bottom-left|bottom-right)-radius:",
        lambda m: f"{m[1]}border-{CORNERS[m[2]]}-radius:",
    ),
    (r"([{;])(padding|margin):([^;{}]+)", shorthand),
)


def blocks(css: str) -> list[str]:
    """Split a minified stylesheet into its top-level blocks."""
    found: list[str] = []
    depth = start = 0
    for index, char in enumerate(css):
        depth += (char == "{") - (char == "}")
        if char == "}" and depth == 0:
            found.append(css[start : index + 1])
            start = index + 1
    return found


def without_utilities(css: str, utilities: str) -> str:
    """Drop every top-level block that also stands in KERN's own utilities file, tokens kept."""
    extra = {block for block in blocks(utilities) if ":root" not in block}
    return "".join(block for block in blocks(css) if block not in extra)


def rewrite(css: str) -> tuple[str, int]:
    """Return the logical stylesheet and the number of replacements."""
    count = 0
    for pattern, replace in RULES:
        count += sum(1 for match in re.finditer(pattern, css) if replace(match) != match.group(0))
        css = re.sub(pattern, replace, css)
    return css, count


def main(dist: Path) -> None:
    source = (dist / "kern.min.css").read_text(encoding="utf-8")
    utilities = (dist / "kern-utilities.min.css").read_text(encoding="utf-8")
    shorter = without_utilities(source, utilities)
    result, changed = rewrite(shorter)
    print(f"utilities dropped: {len(source) - len(shorter)} characters", file=sys.stderr)
    print(f"replacements: {changed}", file=sys.stderr)
    sys.stdout.write("/* @kern-ux/native 2.7.2, EUPL-1.2; rewritten to logical properties */\n" + result)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
