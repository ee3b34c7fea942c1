"""Keep the message catalogues: German stands in the code, English in locale/en, the words of public pages in each
language in which there are such pages.

locale/de is kept by hand: better German for texts of the libraries, which win over their own.

Usage: python tools/messages.py           collect all messages, merge them into the catalogues, compile them
       python tools/messages.py --check   change nothing; list what is out of order and exit 1
"""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "src" / "wegnetz"
LOCALE = SOURCES / "locale"
# What public pages say: these files, and nothing else.
PUBLIC = (
    "src/wegnetz/portal/", "src/wegnetz/directory/selectors/words.py", "src/wegnetz/network/selectors/map_pictures.py",
    "src/wegnetz/core/templates/core/network_map.html",
)  # fmt: skip
# Of these, what those read who run a contact point or lead a workshop: in German and English, as the desk.
NOT_PUBLIC = (
    "src/wegnetz/portal/host_guard.py", "src/wegnetz/portal/templates/portal/link_base.html",
    "src/wegnetz/portal/templates/portal/link_said.html",
    "src/wegnetz/portal/views/place_page.py", "src/wegnetz/portal/templates/portal/place_page/",
    "src/wegnetz/portal/list_words.py", "src/wegnetz/portal/views/evening.py",
    "src/wegnetz/portal/views/signatures.py", "src/wegnetz/portal/views/tables.py",
    "src/wegnetz/portal/templates/portal/evening/",
)  # fmt: skip
# How Babel, which knows how each language counts, calls those that it knows by another name.
BABEL = {"kmr": "ku", "prs": "fa", "ckb": "ku"}
# Their German catalogues hold the messages that locale/de may replace.
LIBRARIES = ("allauth", "django.conf", "django.contrib.auth", "django.contrib.humanize")

Keyword = tuple[int | tuple[int, int] | tuple[int, str], ...]
_CONTEXT = (1, "c")
_FORMS: dict[str, Keyword | None] = {
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": (_CONTEXT, 2),
    "npgettext": (_CONTEXT, 2, 3),
}
KEYWORDS: dict[str, Keyword | None] = {
    "_": None,
    **_FORMS,
    **{f"{name}_lazy": arguments for name, arguments in _FORMS.items()},
}
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[a-z]|\{\w*\}")
INDENT = re.compile(r"^[^\S\n]+", re.MULTILINE)
STRANGE_SPACE = re.compile(r"[^\S\n ]")
HEADER = """\
# Texts of Wegnetz. SPDX-License-Identifier: EUPL-1.2
# Collected from the code by tools/messages.py: change translations here, texts there, then run it again."""


def python_of(file: Path) -> str:
    """The file as Python code that calls gettext; what a template says around its messages is blanked out."""
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".py":
        return text
    # Blanked text keeps its indentation and its spaces, which Python would not accept.
    return INDENT.sub("", STRANGE_SPACE.sub(" ", templatize(text, origin=str(file))))


def source_files(folder: Path) -> Iterator[Path]:
    for file in sorted(folder.rglob("*")):
        parts = file.relative_to(folder).parts
        code = file.suffix == ".py" and "migrations" not in parts
        template = file.suffix in {".html", ".txt"} and "templates" in parts
        if code or template:
            yield file


def collect(folder: Path) -> Catalog:
    """Every message of the sources, each with the files it stands in."""
    found = Catalog(charset="utf-8")
    for file in source_files(folder):
        code = BytesIO(python_of(file).encode())
        place = file.relative_to(ROOT).as_posix() if file.is_relative_to(ROOT) else file.name
        for _line, message, _comments, context in extract(
            "python", code, keywords=KEYWORDS, options={"encoding": "utf-8"}
        ):
            found.add(message, locations=[(place, 1)], context=context)
    return found


def read(po: Path) -> Catalog:
    locale = BABEL.get(po.parts[-3], po.parts[-3])
    if not po.exists():
        return Catalog(locale=locale)
    with po.open("rb") as file:
        return read_po(file, locale=locale)


def merge(found: Catalog, old: Catalog) -> Catalog:
    """What was found, with the translations of `old` for all that did not change."""
    merged = Catalog(
        locale=old.locale, project="Wegnetz", version="0", header_comment=HEADER, charset="utf-8", fuzzy=False,
        copyright_holder="Wegnetz contributors", last_translator="Wegnetz contributors",
        language_team="Wegnetz contributors", msgid_bugs_address="see CONTRIBUTING.md",
        creation_date=old.creation_date, revision_date=old.creation_date,
    )  # fmt: skip
    for message in messages(found):
        known = same(old, message)
        merged.add(
            message.id, known.string if known else None, locations=message.locations, context=message.context,
            flags=known.flags - {"python-format"} if known else (),
            user_comments=known.user_comments if known else (),
        )  # fmt: skip
    return merged


def public(found: Catalog) -> Catalog:
    """Those messages of the sources that stand on public pages."""
    chosen = Catalog(charset="utf-8")
    for message in messages(found):
        places = [
            place for place in message.locations
            if place[0].startswith(PUBLIC) and not place[0].startswith(NOT_PUBLIC)
        ]  # fmt: skip
        if places:
            chosen.add(message.id, locations=places, context=message.context)
    return chosen


def public_catalogues() -> list[Path]:
    """Every catalogue but the two of the staff."""
    return sorted(po for po in LOCALE.glob("*/LC_MESSAGES/django.po") if po.parts[-3] not in {"de", "en"})


def messages(catalog: Catalog) -> Iterator[Message]:
    """All but the header."""
    return (message for message in catalog if message.id)


def same(catalog: Catalog, message: Message) -> Message | None:
    """The message in another catalogue, if singular, plural and context are all the same."""
    singular = message.id[0] if isinstance(message.id, list | tuple) else message.id
    found = catalog.get(singular, message.context)
    return found if found is not None and forms(found.id) == forms(message.id) else None


def forms(text: str | Iterable[str] | None) -> tuple[str, ...]:
    return (text or "",) if isinstance(text, str) or text is None else tuple(text)


def name_of(message: Message) -> str:
    return repr(forms(message.id)[0])


def faults(message: Message, counts: int = 2) -> Iterator[str]:
    """What is wrong with one translation into a language that counts in so many forms."""
    translations, originals = forms(message.string), forms(message.id)
    if not all(translations) or len(translations) < min(len(originals), counts):
        yield f"untranslated: {name_of(message)}"
        return
    if message.fuzzy:
        yield f"fuzzy: {name_of(message)}"
    first, last = ({*PLACEHOLDER.findall(text)} for text in (originals[0], originals[-1]))
    for number, text in enumerate(translations):
        used = {*PLACEHOLDER.findall(text)}
        # One thing may do without its number: "Eine Person ist …" may be "1 person is …", and the other way round.
        # Where a language counts in more forms than two, so may all but its last; an only form may not.
        alone = len(translations) < len(originals)
        spelt_out = (number == 0 and not alone) or (len(translations) > 2 and number < len(translations) - 1)
        allowed = first & last <= used <= first | last if spelt_out else used == last
        if not allowed:
            yield f"placeholders differ: {name_of(message)} -> {text!r}"


def write(po: Path, catalog: Catalog) -> None:
    po.parent.mkdir(parents=True, exist_ok=True)
    with po.open("wb") as file:
        write_po(file, catalog, width=110, sort_by_file=True, include_lineno=False)


def compiled(catalog: Catalog) -> bytes:
    buffer = BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def stale(po: Path, catalog: Catalog) -> Iterator[str]:
    """Whether the compiled file says the same; its header may differ."""
    mo = po.with_suffix(".mo")
    if not mo.exists() or content(mo.read_bytes()) != content(compiled(catalog)):
        yield f"not compiled since it was changed: {mo.relative_to(LOCALE)}"


def content(mo: bytes) -> dict[tuple[str | None, tuple[str, ...]], tuple[str, ...]]:
    catalog = read_mo(BytesIO(mo))
    return {(message.context, forms(message.id)): forms(message.string) for message in messages(catalog)}


def library_texts() -> dict[str, str]:
    """What the libraries themselves say in German, by their message."""
    found: dict[str, str] = {}
    for library in LIBRARIES:
        spec = importlib.util.find_spec(library)
        for folder in (spec.submodule_search_locations or []) if spec else []:
            mo = Path(folder) / "locale" / "de" / "LC_MESSAGES" / "django.mo"
            for (_context, ids), texts in content(mo.read_bytes()).items():
                found.setdefault(ids[0], texts[0])
    return found


def check_translated(found: Catalog, po: Path) -> Iterator[str]:
    """What keeps the catalogue from saying exactly what the code says."""
    catalog = read(po)
    for message in messages(found):
        if same(catalog, message) is None:
            yield f"missing: {name_of(message)}"
    for message in messages(catalog):
        if same(found, message) is None:
            yield f"obsolete: {name_of(message)}"
        else:
            yield from faults(message, catalog.num_plurals)
    yield from (f"obsolete: {name_of(message)}" for message in catalog.obsolete.values())
    yield from stale(po, catalog)


def check_german(found: Catalog, po: Path, texts: dict[str, str]) -> Iterator[str]:
    """Overrides need a text they override; our own German must not be taken for a library's message."""
    catalog = read(po)
    for message in messages(catalog):
        if forms(message.id)[0] not in texts:
            yield f"no library has this message any more: {name_of(message)}"
        yield from faults(message)
    for message in messages(found):
        text = forms(message.id)[0]
        if message.context is None and texts.get(text, text) != text:
            yield f"a library turns it into {texts[text]!r}: {name_of(message)}"
    yield from stale(po, catalog)


def main(arguments: list[str]) -> int:
    if arguments not in ([], ["--check"]):
        print(__doc__)
        return 2
    english, german = (LOCALE / language / "LC_MESSAGES" / "django.po" for language in ("en", "de"))
    found = collect(SOURCES)
    wanted = {english: found} | dict.fromkeys(public_catalogues(), public(found))
    if not arguments:
        for po, texts in wanted.items():
            write(po, merge(texts, read(po)))
        for po in (*wanted, german):
            po.with_suffix(".mo").write_bytes(compiled(read(po)))
    wrong = {f"locale/{po.parts[-3]}": list(check_translated(texts, po)) for po, texts in wanted.items()}
    wrong["locale/de"] = list(check_german(found, german, library_texts()))
    for place, lines in wrong.items():
        print(*(f"{place}: {line}" for line in lines), sep="\n", end="\n" if lines else "")
    if not any(wrong.values()):
        print(f"{sum(1 for _ in messages(found))} messages, all translated")
    return 1 if any(wrong.values()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
