"""A network map as the three tables which `threefiles_to_egor` of the R package egor reads. Each version is an ego."""

from __future__ import annotations

from wegnetz.engines.ego_network import NetworkMap
from wegnetz.engines.ego_network.flat import COLUMNS, as_row
from wegnetz.network.exporting.tables import Row, as_csv, packed


def as_egor(drawn: NetworkMap) -> bytes:
    """A packed file of egos.csv, alters.csv and alter_ties.csv, which R reads with `read.csv`."""
    versions = list(enumerate(drawn.versions, 1))
    egos: list[Row] = [
        {
            "egoID": at, "version_number": at, "version_id": version.id, "version_title": version.title,
            "version_date": version.date, "ego_name": drawn.ego,
        }
        for at, version in versions
    ]  # fmt: skip
    alters: list[Row] = [
        {"egoID": at, "alterID": alter.id, **as_row(alter)} for at, version in versions for alter in version.alters
    ]  # fmt: skip
    ties: list[Row] = [
        {"egoID": at, "Source": one, "Target": other, "weight": 1}
        for at, version in versions
        for one, other in sorted(sorted(tie) for tie in version.ties)
    ]
    return packed({
        "egos.csv": as_csv(
            ("egoID", "version_number", "version_id", "version_title", "version_date", "ego_name"), egos
        ),
        "alters.csv": as_csv(("egoID", "alterID", *COLUMNS), alters),
        "alter_ties.csv": as_csv(("egoID", "Source", "Target", "weight"), ties),
    })  # fmt: skip
