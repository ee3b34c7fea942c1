"""Offers for a query: those whose text has its words and those tagged with what it means, in one list with reasons."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from wegnetz.engines.search.concepts import ConceptHit, Lexicon, Term
from wegnetz.engines.search.fusion import Ranking, fuse
from wegnetz.engines.search.texts import TextHit

MEANING = 1.5  # weight of what was meant beside what was written: texts are in one language, meanings in all
MOST_REASONS = 4
MOST_HITS = 100


@dataclass(frozen=True, slots=True)
class HasWord:
    """The word is in that field of the offer's text, as it is written there."""

    written: str
    field: str


@dataclass(frozen=True, slots=True)
class HasSimilar:
    """`asked` is not there, but a word like it."""

    asked: str
    written: str
    field: str


@dataclass(frozen=True, slots=True)
class Means:
    """What was asked means `concept`, by `term` in its language; the offer is tagged with it or a narrower one."""

    concept: str
    tagged: str
    term: Term
    exact: bool


Reason = HasWord | HasSimilar | Means


@dataclass(frozen=True, slots=True)
class Hit:
    offer: str
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class _Meant:
    score: float
    reason: Means


def combine(
    texts: Sequence[TextHit], concepts: Iterable[ConceptHit], lexicon: Lexicon, tagged: Mapping[str, Collection[str]]
) -> list[Hit]:
    """One list of both. `tagged`: offers by concept, without those of narrower ones."""
    meant = _meant(concepts, lexicon, tagged)
    by_text = Ranking({hit.entry.id: hit.score for hit in texts}, {hit.entry.id: hit.trust for hit in texts})
    scores = {offer: one.score for offer, one in meant.items()}
    fused = fuse([by_text, Ranking(scores, scores, MEANING)])
    text_of = {hit.entry.id: hit for hit in texts}
    best = islice(fused.items(), MOST_HITS)
    return [Hit(offer, score, _reasons(meant.get(offer), text_of.get(offer))) for offer, score in best]


def _meant(
    concepts: Iterable[ConceptHit], lexicon: Lexicon, tagged: Mapping[str, Collection[str]]
) -> dict[str, _Meant]:
    meant: dict[str, _Meant] = {}
    for hit in concepts:
        for concept, kept in lexicon.and_narrower(hit.concept).items():
            one = _Meant(hit.score * kept, Means(hit.concept, concept, hit.term, hit.exact))
            for offer in tagged.get(concept, ()):
                if offer not in meant or one.score > meant[offer].score:
                    meant[offer] = one
    return meant


def _reasons(meant: _Meant | None, text: TextHit | None) -> tuple[Reason, ...]:
    """What was meant, then the words, the nearest first; of one asked word only the nearest."""
    reasons: list[Reason] = [meant.reason] if meant else []
    explained = set()
    for match in sorted(text.matches, key=lambda one: -one.closeness) if text else ():
        if match.asked.key in explained:
            continue
        explained.add(match.asked.key)
        there = text.entry.words[match.key] if text else None
        if there and match.closeness == 1:
            reasons.append(HasWord(there.written, there.field))
        elif there:
            reasons.append(HasSimilar(match.asked.written, there.written, there.field))
    return tuple(reasons[:MOST_REASONS])
