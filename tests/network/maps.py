"""Network maps drawn by chance: everything a map can hold."""

from __future__ import annotations

from hypothesis import strategies as some

from wegnetz.engines.ego_network import Alter, NetworkMap, Support, Tie, Version

# What begins like a formula, divides cells or lines, or stands in quotation marks must come back too.
HARD = some.text(some.sampled_from("'=+-@;,\"\t\r\nسآ🌻&<"), max_size=5)
TEXTS = some.one_of(some.text(max_size=8), HARD)
# Without the signs that steer a terminal, which XML cannot hold.
WRITABLE = some.one_of(some.text(some.characters(exclude_categories=["Cc", "Cs", "Cn"]), max_size=8), HARD)
PLACES = some.floats(-999_999, 999_999, allow_nan=False)


@some.composite
def any_alter(draw: some.DrawFn, key: str, texts: some.SearchStrategy[str]) -> Alter:
    return Alter(
        key, draw(texts), draw(texts), angle=draw(PLACES), distance=draw(PLACES), tie=draw(some.sampled_from(Tie)),
        human=draw(some.booleans()), deceased=draw(some.booleans()), conflict=draw(some.booleans()),
        support=draw(some.dictionaries(some.sampled_from(Support), some.integers(0, 3))),
        from_programme=draw(some.booleans()), staff=draw(some.booleans()),
    )  # fmt: skip


@some.composite
def any_version(draw: some.DrawFn, texts: some.SearchStrategy[str]) -> Version:
    keys = draw(some.lists(texts.filter(bool), max_size=5, unique=True))
    ends = some.sampled_from(keys) if keys else some.nothing()
    ties = some.sets(some.frozensets(ends, min_size=2, max_size=2), max_size=6)
    alters = tuple(draw(any_alter(key, texts)) for key in keys)
    return Version(draw(texts), draw(texts), draw(texts), alters, frozenset(draw(ties) if len(keys) > 1 else ()))


@some.composite
def any_map(draw: some.DrawFn, texts: some.SearchStrategy[str] = TEXTS) -> NetworkMap:
    versions = draw(some.lists(any_version(texts), min_size=1, max_size=3))
    return NetworkMap(tuple(versions), draw(texts))
