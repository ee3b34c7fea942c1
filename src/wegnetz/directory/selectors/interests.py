"""The interests of the programme in force: their words in every language, and what somebody means who types one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from wegnetz.directory.access import offers_in_scope
from wegnetz.directory.interests.programme import taxonomy_of
from wegnetz.directory.interests.taxonomy import FALLBACK, Label, Taxonomy
from wegnetz.directory.models import OfferTag
from wegnetz.engines.search.concepts import Concept, ConceptHit, Lexicon, Term
from wegnetz.programme.pack.model import Pack
from wegnetz.programme.selectors import active_version, pack_of

MOST_MEANT = 5
BESIDE_THE_SUREST = 0.7  # share of its score; what is less sure was not meant


@dataclass(frozen=True)
class Interests:
    """All that people can pick, and the words that lead there. Built once for each pack, and then only read."""

    taxonomy: Taxonomy
    lexicon: Lexicon
    parents: Mapping[str, frozenset[str]]  # interest -> what stands right above it

    def label(self, concept: str, language: str) -> Label:
        """In the nearest language that has one; an interest that the pack no longer has keeps its id."""
        return self.taxonomy[concept].label(language) if concept in self.taxonomy else Label(concept, "")

    def exactly(self, words: str, *languages: str) -> str | None:
        """The one interest that is called so; None if that is not clear.

        Of these languages a label stands before a synonym, and each before the next; others come after them.
        """
        near = [each for language in languages for each in (language, *FALLBACK.get(language, ()))]

        def rank(term: Term) -> tuple[bool, bool, int]:
            asked = term.language in near
            return not asked, not term.is_label, near.index(term.language) if asked else 0

        found = self.lexicon.named(words)
        first = min(map(rank, found), default=None)
        meant = {term.concept for term in found if rank(term) == first}
        return meant.pop() if len(meant) == 1 else None

    def may_be_meant(self, words: str, *languages: str) -> list[str]:
        """What somebody may have wanted to write, the surest first; nothing where a word is like none we know."""
        hits = self.meant(words, languages[0]) if self.lexicon.knows(words) else []
        return [hit.concept for hit in hits if hit.score >= BESIDE_THE_SUREST * hits[0].score]

    def meant(self, words: str, language: str) -> list[ConceptHit]:
        """What somebody may mean, the surest first."""
        return self.lexicon.find(words, language=language, most=MOST_MEANT)

    def offered(self) -> frozenset[str]:
        """The interests for which something takes place."""
        open_now = offers_in_scope().filter(closed=False, point__closed=False)
        tags = OfferTag.objects.filter(kind=OfferTag.CONCEPT, offer__in=open_now)
        return frozenset(tags.values_list("value", flat=True))

    def with_narrower(self, concept: str) -> frozenset[str]:
        return frozenset(self.lexicon.and_narrower(concept))


def interests() -> Interests:
    """Raises NoProgrammeError before the first pack is loaded."""
    return _of_version(active_version())


@lru_cache(maxsize=4)
def _of_version(version: UUID) -> Interests:
    return interests_in(pack_of(version))


def interests_in(pack: Pack) -> Interests:
    taxonomy = taxonomy_of(pack)
    concepts = (Concept(each.id, each.terms, each.parents) for each in taxonomy.concepts)
    parents = {each.id: frozenset(each.parents) for each in taxonomy.concepts}
    return Interests(taxonomy, Lexicon(concepts), parents)
