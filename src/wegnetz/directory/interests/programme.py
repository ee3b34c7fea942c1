"""The shipped interests together with those of a programme."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from wegnetz.directory.interests.shipped import pictures, taxonomy
from wegnetz.directory.interests.taxonomy import Concept, State, Taxonomy, TaxonomyError
from wegnetz.programme.pack.errors import Fault, shown
from wegnetz.programme.pack.interests import FILE, state_of, terms_of
from wegnetz.programme.pack.model import Interest, Pack


def taxonomy_of(pack: Pack) -> Taxonomy:
    """What people in the programme can pick. Raises TaxonomyError where `faults_of` finds something."""
    return taxonomy().extended(_concept(pack, interest) for interest in pack.interests.values())


def faults_of(pack: Pack) -> Iterator[Fault]:
    """What keeps the interests of a pack from standing beside the shipped ones, in the words of `check-pack`."""
    known = {concept.id for concept in taxonomy().concepts} | pack.interests.keys()
    found = False
    for name, interest in pack.interests.items():
        if name in taxonomy():
            found = True
            yield Fault(FILE, name, "an id that is shipped with Wegnetz", "an id of its own")
        if interest.icon and interest.icon not in pictures():
            found = True
            yield Fault(FILE, f"{name}.icon", shown(interest.icon), _like(interest.icon))
        for group in interest.groups:
            if group not in known:
                found = True
                yield Fault(FILE, f"{name}.groups", shown(group), "a group or an interest that exists")
    if not found:
        yield from _circles(pack)


def _like(icon: str) -> str:
    """What to write instead: pictures whose names are near, else where all of them stand."""
    near = get_close_matches(icon, sorted(pictures()), n=3, cutoff=0.5)
    return f"a picture that is there, such as {', '.join(near)}" if near else "a picture of docs/programme-pack.md"


def _circles(pack: Pack) -> Iterator[Fault]:
    try:
        taxonomy_of(pack)
    except TaxonomyError as error:
        for fault in error.faults:
            yield Fault(FILE, fault.split(":")[0], "an interest above itself", "groups without a circle")


def _concept(pack: Pack, interest: Interest) -> Concept:
    terms = terms_of(pack, interest.id)
    states = {language: State.DRAFT if state_of(pack, language) == "draft" else State.HUMAN for language in terms}
    # An older version of a pack may name a picture that is not there.
    icon = interest.icon if interest.icon in pictures() else ""
    return Concept(interest.id, interest.groups, terms, states, icon)
