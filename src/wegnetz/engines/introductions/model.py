"""What is known of people and offers, and what comes out: a fit with reasons, an assignment with its bound."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from wegnetz.engines.introductions.words import Code

STRENGTHS = range(1, 6)  # how much a person likes something: 1 a little, 5 very much

WOMEN_ONLY = "women-only"
ACCESSIBLE = "accessible"
INTERPRETER = "interpreter"
FREE = "free"
NEEDS = (ACCESSIBLE, FREE, INTERPRETER, WOMEN_ONLY)


@dataclass(frozen=True, slots=True)
class Place:
    """A point on the map, in degrees (WGS 84). Raises ValueError outside of -90..90 and -180..180."""

    lat: float
    lon: float

    def __post_init__(self) -> None:
        if not (-90 <= self.lat <= 90 and -180 <= self.lon <= 180):  # NaN fails as well
            raise ValueError(f"no place on earth: {self.lat}, {self.lon}")


@dataclass(frozen=True, slots=True)
class Person:
    """What an introduction needs to know of a person. Nothing recorded means not known, never "no".

    `interests` {concept: 1..5}; `languages` those the person can take part in; `age` in completed years; `needs`
    what a place must have, of NEEDS; `woman` whether a place for women only is open to the person; `reach_km` how far
    the person can go, as the crow flies; `keep_away` ids of offers this person must not meet; `begun` ids of those
    they were introduced to.
    """

    id: str
    interests: Mapping[str, int] = field(default_factory=dict)
    languages: frozenset[str] = frozenset()
    age: int | None = None
    place: Place | None = None
    district: str = ""
    needs: frozenset[str] = frozenset()
    woman: bool | None = None
    reach_km: float | None = None
    keep_away: frozenset[str] = frozenset()
    begun: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        wrong = [concept for concept, strength in self.interests.items() if strength not in STRENGTHS]
        if wrong:
            raise ValueError(f"{self.id}: an interest is 1 to 5 strong, not {self.interests[wrong[0]]}")
        if unknown := sorted(self.needs.difference(NEEDS)):
            raise ValueError(f"{self.id}: the need {unknown[0]} is unknown, known are {', '.join(NEEDS)}")
        if self.age is not None and self.age < 0:
            raise ValueError(f"{self.id}: nobody is {self.age} years old")
        if self.reach_km is not None and not self.reach_km >= 0:
            raise ValueError(f"{self.id}: nobody reaches {self.reach_km} km")


@dataclass(frozen=True, slots=True)
class Went:
    """How introductions went: of `agreed`, `returned` led to a second visit."""

    agreed: int = 0
    returned: int = 0

    def __add__(self, other: Went) -> Went:
        return Went(self.agreed + other.agreed, self.returned + other.returned)

    def __sub__(self, other: Went) -> Went:
        return Went(self.agreed - other.agreed, self.returned - other.returned)

    @property
    def share(self) -> Fraction:
        """0 to 1; 0 where there were none."""
        return Fraction(self.returned, self.agreed) if self.agreed else Fraction(0)


@dataclass(frozen=True, slots=True)
class Offer:
    """What a contact point offers. None and an empty set mean not known.

    `capacity` seats, None where there is no limit; `taken` of them have somebody already, and `held_back` of the others
    are kept for people who come later; `age_from` and `age_to` in completed years, both included; `cost_cents` for one
    visit. Of `agreed` introductions so far, `returned` led to a second visit; `alike` is how it went with its
    neighbours (`returns`).
    """

    id: str
    concepts: frozenset[str] = frozenset()
    capacity: int | None = None
    held_back: int = 0
    languages: frozenset[str] = frozenset()
    interpreter: bool | None = None
    age_from: int | None = None
    age_to: int | None = None
    place: Place | None = None
    district: str = ""
    women_only: bool = False
    accessible: bool | None = None
    cost_cents: int | None = None
    agreed: int = 0
    returned: int = 0
    alike: Went = Went()
    taken: int = 0

    def __post_init__(self) -> None:
        counted = (self.capacity, self.taken, self.held_back, self.cost_cents, self.agreed, self.returned)
        for value in (*counted, self.age_from, self.age_to):
            if value is not None and value < 0:
                raise ValueError(f"{self.id}: found {value}, which cannot be below 0")
        if self.age_from is not None and self.age_to is not None and self.age_to < self.age_from:
            raise ValueError(f"{self.id}: the ages {self.age_from} to {self.age_to} are the wrong way round")
        if self.returned > self.agreed:
            raise ValueError(f"{self.id}: {self.returned} second visits cannot follow on {self.agreed} introductions")

    @property
    def went(self) -> Went:
        return Went(self.agreed, self.returned)

    @property
    def seats(self) -> int | None:
        """Seats that may be handed out now; None where there is no limit."""
        return None if self.capacity is None else max(self.capacity - self.taken - self.held_back, 0)

    @property
    def kept(self) -> int | None:
        """Seats that are held back, as far as there are any left; None where there is no limit."""
        return None if self.capacity is None else min(self.held_back, max(self.capacity - self.taken, 0))


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: its code, the points it adds to the score, and what it is about (a concept, a language, km)."""

    code: Code
    points: int = 0
    about: str = ""


@dataclass(frozen=True, slots=True)
class Fit:
    """How an offer suits a person. It is possible when nothing stands against it.

    `score` is the sum of the points of `reasons`, at least 1 when possible and 0 when not. `ask` are the reasons
    among them that must be asked before anybody is sent there. `against` says why not, each reason there is.
    """

    person: str
    offer: str
    score: int
    reasons: tuple[Reason, ...]
    against: tuple[Reason, ...]

    @property
    def possible(self) -> bool:
        return not self.against

    @property
    def closed(self) -> bool:
        """Whether something is in the way besides that nobody said it was liked."""
        return any(reason.code not in Code.not_liked() for reason in self.against)

    @property
    def ask(self) -> tuple[Reason, ...]:
        return tuple(reason for reason in self.reasons if reason.code in Code.asking())


@dataclass(frozen=True, slots=True)
class Unassigned:
    """A person who got nothing: why, and how many of the offers that meet an interest each reason closes."""

    person: str
    why: Code
    closed_by: Mapping[Code, int]


@dataclass(frozen=True, slots=True)
class Introductions:
    """Who is introduced where.

    `objective` is the sum of all scores, `bound` the most any assignment can reach that serves as many people
    and leaves nobody worse off; both of these come first and are always exact. `worst_off` is the best score of
    the person with the lowest best score, None when nobody got anything. `solver` says who worked it out.
    """

    assignments: tuple[Fit, ...]
    objective: int
    bound: int
    worst_off: int | None
    unassigned: tuple[Unassigned, ...]
    solver: str

    @property
    def gap(self) -> int:
        """How much better the sum could be at most; 0 is the proof that it cannot be."""
        return self.bound - self.objective
