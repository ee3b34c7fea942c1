"""What the demo's people like, and where they have been introduced."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from wegnetz.accounts.access import Viewer
from wegnetz.directory.selectors.points import whole_directory
from wegnetz.network.openings import Liked, Step
from wegnetz.network.services import save_interests, suggest, take_step
from wegnetz.rules.introductions import Stage


@dataclass(frozen=True, slots=True)
class Introduced:
    """The title of an offer, and each step with its day."""

    title: str
    steps: tuple[Step, ...] = ()


LIKES: Mapping[str, tuple[Liked, tuple[Introduced, ...]]] = {
    "Yonas T.": (
        Liked({"graffiti": 5, "football": 3, "chess": 3}, ("Drachen steigen lassen",), ("ti", "en", "de"), born=2000),
        (
            Introduced(
                "Graffiti-Werkstatt",
                (
                    Step(Stage.DISCUSSED, date(2021, 9, 13), "möchte es ausprobieren"),
                    Step(Stage.ANNOUNCED, date(2021, 9, 14), called="Yonas"),
                    Step(Stage.VISITED, date(2021, 9, 16), "hat ein Bild mitgebracht"),
                ),
            ),
        ),
    ),
    "Lina A.": (
        Liked({"swimming": 5, "singing": 3, "sewing": 3}, (), ("ar", "de"), ("women-only",), "", 2001, woman=True),
        (Introduced("Schwimmen für Frauen", (Step(Stage.DISCUSSED, date(2021, 9, 30)),)),),
    ),
    "Ibrahim S.": (Liked({"boxing": 5, "bicycle-repair": 3}, (), ("ar",), ("interpreter",), "Bilk", 2001), ()),
}


def add_interests(called: str, person: UUID, *, by: Viewer) -> None:
    """Write down what LIKES says of a person of the demo, and introduce them."""
    if called not in LIKES:
        return
    liked, introduced = LIKES[called]
    save_interests(person, liked, by=by)
    offers = {
        offer.offer.wording.source.texts["title"]: offer.id for point in whole_directory() for offer in point.offers
    }
    for each in introduced:
        made = suggest(person, offers[each.title], by=by, on=date(2021, 9, 9))
        for version, step in enumerate(each.steps, 1):
            take_step(person, made, step, version=version, by=by, agreed=True)
