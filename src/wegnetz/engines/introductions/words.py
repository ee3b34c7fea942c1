"""The reasons by name. How they read in a language is for the doors to say."""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    """Why an offer suits a person, what must be asked first, why it does not suit, why a person got nothing."""

    # Speaks for it.
    INTEREST = "interest"
    NARROWER = "narrower-interest"
    BROADER = "broader-interest"
    LANGUAGE = "shared-language"
    INTERPRETER = "interpreter"
    NEAR = "near"
    DISTRICT = "same-district"
    FREE = "free"
    ACCESSIBLE = "accessible"
    AGE = "age"
    SEATS = "seats"
    CAME_OFTEN = "came-back-often"
    CAME_SOMETIMES = "came-back-sometimes"
    CAME_SELDOM = "came-back-seldom"
    ALIKE_OFTEN = "alike-often-came-back"
    ALIKE_SOMETIMES = "alike-sometimes-came-back"
    ALIKE_SELDOM = "alike-seldom-came-back"
    # Must be asked first.
    ASK_AGE = "ask-age"
    ASK_LANGUAGE = "ask-language"
    ASK_DISTANCE = "ask-distance"
    # Speaks against it.
    NO_INTEREST = "no-shared-interest"
    TOO_YOUNG = "too-young"
    TOO_OLD = "too-old"
    NO_LANGUAGE = "no-shared-language"
    NOT_ACCESSIBLE = "not-accessible"
    ACCESS_UNKNOWN = "accessible-not-recorded"
    WOMEN_ONLY = "women-only"
    WOMEN_ONLY_UNKNOWN = "women-only-not-recorded"
    NOT_WOMEN_ONLY = "not-women-only"
    NOT_FREE = "not-free"
    COST_UNKNOWN = "cost-not-recorded"
    FULL = "full"
    TOO_FAR = "too-far"
    KEEP_AWAY = "keep-away"
    BEGUN = "begun"
    # Got nothing.
    NO_INTERESTS = "no-interests-recorded"
    NOBODY_OFFERS = "nobody-offers-this"
    ALL_CLOSED = "all-closed"
    ALL_FULL = "all-full"
    ALL_BEGUN = "all-begun"
    ALL_TAKEN = "all-taken"

    @classmethod
    def asking(cls) -> frozenset[Code]:
        return _ASKING

    @classmethod
    def not_liked(cls) -> frozenset[Code]:
        return _NOT_LIKED


_ASKING = frozenset({Code.ASK_AGE, Code.ASK_LANGUAGE, Code.ASK_DISTANCE})
_NOT_LIKED = frozenset({Code.NO_INTEREST, Code.NO_INTERESTS})
