"""Every number the simulation of a cohort rests on: its value, its unit, and where it comes from.

Most are assumptions, because nobody has measured them for people like these; each is halved and doubled in turn to see
whether a finding hangs on it. What was read is cited with how far it carries, which is seldom further than a direction.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from math import inf
from typing import Any, Final

ASSUMPTION: Final = "assumption"
FRAME: Final = "frame of this model"

PROGRAMME: Final = (
    "report of the ministry on the programme in Düsseldorf (mkffi.nrw, »In Düsseldorf werden mit 'coolen moves' "
    "Netzwerke geknüpft«), its beginning read"
)
BAMF_30: Final = "BAMF Forschungsbericht 30 (2018), summary read: refugees who came 2013 to 2016, asked in 2016"
SPOKEN_2020: Final = "IAB-BAMF-SOEP survey of 2020, as summed up by ueberaus.de on 29.04.2022, read"
HALL: Final = "Hall 2019, doi 10.1177/0265407518761225, abstract read"
MONTOYA: Final = "Montoya et al. 2017, meta-analysis of mere exposure, abstract read"
BURT: Final = "Burt 2002, Bridge decay, abstract of the pre-print read"
DUNBAR: Final = "Dunbar in the New York Times, 25.12.2010, as quoted on a web page, read"
ROHRER: Final = "Rohrer et al. 2021, doi 10.1371/journal.pone.0255097, abstract read"
RAEDER: Final = "Raeder et al. 2011, Social Networks 33, abstract read"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number. `most`: what it cannot exceed; `varied`: whether it is halved and doubled in turn."""

    value: float
    unit: str
    note: str
    source: str = ASSUMPTION
    most: float = inf
    varied: bool = True

    def times(self, factor: float) -> Parameter:
        return replace(self, value=min(self.value * factor, self.most))


@dataclass(frozen=True, slots=True)
class Chance(Parameter):
    most: float = 1.0


@dataclass(frozen=True, slots=True)
class Frame(Parameter):
    """What this model is about, and no question to it."""

    source: str = FRAME
    varied: bool = False


@dataclass(frozen=True, slots=True)
class Parameters:
    """The model in numbers. A chance is 0 to 1; a week is a Thursday and the days up to the next."""

    # The programme and the year.
    people: Parameter = Frame(40, "people", "participants at the beginning", PROGRAMME)
    programme: Parameter = Frame(26, "weeks", "a workshop each Thursday (read); for half a year (frame)", PROGRAMME)
    year: Parameter = Frame(52, "weeks", "so that what is left is seen 3 and 6 months after the end")
    group: Parameter = Frame(4, "people", "the size of a group that the engine aims at")
    loneliest: Parameter = Frame(4, "people", "the loneliest tenth of forty")
    lonelier: Parameter = Frame(10, "people", "the loneliest quarter, counted when the tenth had no tie under any plan")
    invited: Parameter = Parameter(
        24, "people a week", "that a part is invited was read, how many was not; in turn", most=40
    )
    comes: Parameter = Chance(0.7, "chance a week", "that somebody invited comes, in the middle of all people")
    comes_apart: Parameter = Chance(0.25, "chance", "how far a person's own chance lies from it at most, up or down")
    drops_out: Parameter = Chance(0.012, "chance a week", "27 of 100 have left by the end, for whatever reason")
    # Who they are.
    arabic: Parameter = Chance(
        0.42, "share", "mother tongue; five other languages share the rest evenly (assumption)", BAMF_30
    )
    german: Parameter = Chance(0.5, "share", "who speaks it well enough to chat: »more than half«", SPOKEN_2020)
    english: Parameter = Chance(0.19, "share", "who speaks it well or very well", BAMF_30)
    interests: Parameter = Parameter(
        3, "interests", "of each person, with a strength of 1 to 5; few are shared by many", most=6
    )
    known: Parameter = Frame(24, "interests", "that there are; the one on place n is chosen in proportion to 1/n")
    districts: Parameter = Frame(8, "districts", "people and contact points are spread evenly over them")
    # Contact points.
    places: Parameter = Parameter(30, "places", "contact points with seats for the people introduced")
    seats: Parameter = Parameter(
        1.2, "seats for each person", "few and unevenly spread, as in the benchmark of introductions"
    )
    speaks_more: Parameter = Chance(0.3, "chance", "that a place also speaks a given mother tongue beside German")
    interprets: Parameter = Chance(0.3, "chance", "that a place has somebody who interprets")
    introduced: Parameter = Parameter(4, "week", "in which each still there is introduced to one place")
    goes: Parameter = Chance(0.6, "chance", "that an introduction leads to a visit at all")
    goes_far: Parameter = Chance(0.8, "factor", "on it where the place lies in another district")
    goes_unspoken: Parameter = Chance(0.5, "factor", "on it where no language is shared, only interpreted")
    visits: Parameter = Chance(0.4, "chance a week", "that somebody who goes there is there in a given week")
    stops: Parameter = Chance(0.04, "chance a week", "that they stop going there, for an interest of strength 3")
    liking: Parameter = Parameter(
        0.25, "share for each step", "less often stopping for each step that the interest is stronger than "
        "3, more often for each weaker: what makes a better introduction matter at all", most=0.45,
    )  # fmt: skip
    same_time: Parameter = Chance(0.5, "chance a week", "that two participants at one place meet there")
    regulars: Parameter = Parameter(6, "people", "at each place, whom somebody introduced can get to know", most=12)
    regular_there: Parameter = Chance(0.3, "chance a week", "that one of these and the visitor do something together")
    # How a tie begins.
    forms: Parameter = Chance(
        0.08, "chance a meeting", "that two who share a mother tongue and no interest begin a tie when first in one "
        "group. Beside each other for a semester gave 7 of 100 pairs more a friendship (" + ROHRER + "), among those "
        "who knew each other; a group of four for an evening is closer and shorter",
    )  # fmt: skip
    bridged: Parameter = Chance(0.7, "factor", "on it where they share only German or English")
    unspoken: Parameter = Chance(0.2, "factor", "on it where they share no language")
    alike: Parameter = Parameter(
        0.3, "share for each", "more for each shared interest; that leisure in common goes with closeness "
        "was read (" + HALL + "), how much was not",
    )  # fmt: skip
    tiring: Parameter = Chance(
        0.85, "factor for each", "on it for each time they met before: liking grows with meetings and flattens (" +
        MONTOYA + "); the size is assumed",
    )  # fmt: skip
    # How it grows and fades. The strength of a tie just begun is 1.
    grows: Parameter = Parameter(
        0.4, "strength a meeting", "times the part still missing to the strongest; that closeness grows "
        "with hours together was read (" + HALL + "; about 50 hours to a casual friend in reports on it)",
    )  # fmt: skip
    strongest: Parameter = Frame(4, "strength", "what no tie exceeds")
    half_life: Parameter = Parameter(
        26, "weeks", "in which half the strength is lost without any contact. Between two findings: nine "
        "in ten bridges between bankers gone in a year (" + BURT + "), about 16 weeks; and closeness falling by 15 % "
        "a year (" + DUNBAR + "), about 220 weeks. Young ties fade sooner than old ones (" + RAEDER + ")",
    )  # fmt: skip
    alive: Parameter = Frame(0.5, "strength", "below which a tie is no longer alive")
    close: Parameter = Frame(2.0, "strength", "from which a tie is called close: several meetings, none long ago")
    meets: Parameter = Chance(
        0.04, "chance a week and strength", "that two with a tie meet by themselves, less by the same factors where a "
        "language lacks; contact is what keeps a friendship (Roberts and Dunbar 2015, abstract read), how often is not "
        "known",
    )  # fmt: skip

    def told(self) -> dict[str, dict[str, Any]]:
        """All of them for the report."""
        return {
            name: {"value": each.value, "unit": each.unit, "source": each.source, "note": each.note}
            for name, each in self.named()
        }

    def named(self) -> Iterator[tuple[str, Parameter]]:
        for field in fields(self):
            yield field.name, getattr(self, field.name)

    def changed(self, **values: float) -> Parameters:
        """The same with other values."""
        return replace(self, **{name: replace(getattr(self, name), value=value) for name, value in values.items()})

    def varied(self) -> Iterator[tuple[str, float, Parameters]]:
        """Each that is uncertain halved and doubled, one at a time; what changes nothing is left out."""
        for name, each in self.named():
            for factor in (0.5, 2.0) if each.varied else ():
                other = each.times(factor)
                if other.value != each.value:
                    yield name, factor, replace(self, **{name: other})
