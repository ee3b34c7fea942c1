"""HTML of strangers as plain text. No mark-up ever comes through; where a link leads stands behind its words."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from wegnetz.directory.importing.cleaning import clean

# Their content is no text.
SILENT = frozenset({"script", "style", "head", "title", "template", "noscript", "iframe", "object", "svg", "math"})
PARAGRAPHS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote", "section"})
LINES = frozenset({"div", "dt", "dd", "figure", "figcaption", "article", "header", "footer", "address"})
LEADS_OUT = re.compile(r"(?:https?://|mailto:|tel:)[^\s<>\"]+", re.IGNORECASE)
MARK_UP = re.compile(r"<(?=[a-zA-Z/!?])")
# A mark that no other closes is text. Left to the parser, pages full of them take time that grows with their square.
UNCLOSED = re.compile(r"<(?![^<>]*>)")
SPACE = re.compile(r"\s+")


def plain_text(html: str) -> str:
    """What a person reads in the page: paragraphs, lists with dashes, links as "words (address)"."""
    page = _Page()
    page.feed(UNCLOSED.sub("&lt;", _without_comments(html)))
    page.close()
    # What was written as &lt;b&gt; reads <b> now. It is meant as text, but must not look like mark-up to anybody.
    return clean(MARK_UP.sub("‹", "".join(page.said)))


def _without_comments(html: str) -> str:
    first, *others = html.split("<!--")
    return "".join((first, *(after for comment in others for after in comment.split("-->", 1)[1:])))


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self._silent = 0
        self._link: tuple[str, int] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self._silent += 1
        elif tag == "a":
            self._close_link()
            self._link = (dict(attrs).get("href") or "").strip(), len(self.said)
        elif tag in {"br", "tr"}:
            self.said.append("\n")
        elif tag == "li":
            self.said.append("\n- ")
        elif tag in {"td", "th"}:
            self.said.append(" ")
        else:
            self._break(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in SILENT:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "a":
            self._close_link()
        elif tag != "li":
            self._break(tag)

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.said.append(SPACE.sub(" ", data))

    def parse_marked_section(self, i: int, report: int = 1) -> int:  # noqa: ARG002  the parser's own signature
        """<![ is no HTML; the parser would fail at what stands behind it."""
        return self.parse_bogus_comment(i)

    def close(self) -> None:
        super().close()
        self._close_link()

    def _break(self, tag: str) -> None:
        if tag in PARAGRAPHS:
            self.said.append("\n\n")
        elif tag in LINES:
            self.said.append("\n")

    def _close_link(self) -> None:
        if self._link is None:
            return
        leads_to, since = self._link
        self._link = None
        address = leads_to.removeprefix("mailto:").removeprefix("tel:")
        if LEADS_OUT.fullmatch(leads_to) and address not in "".join(self.said[since:]):
            self.said.append(f" ({address})")
