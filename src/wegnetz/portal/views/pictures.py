"""Picking what one likes from pictures with words. Nothing of it is kept: the choice stands in the address alone."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from wegnetz.directory.selectors.interests import interests
from wegnetz.directory.selectors.pictures import near, shelves, tile, without
from wegnetz.portal.guard import page
from wegnetz.portal.views.places import YES, frame, picked_in


@page
def pictures(request: HttpRequest, language: str) -> HttpResponse:
    """What there is to like, narrowed by a word in any spelling; then on to the places for what was ticked."""
    known, sent = interests(), request.GET
    picked, asks = picked_in(sent, known), sent.get("zeigen") == YES
    if asks and picked:
        return redirect(f"{reverse('portal:places', args=[language])}?{urlencode([('was', each) for each in picked])}")
    word = sent.get("wort", "").strip()[:100]
    meant = near(known, word, language)
    chosen = [each for each in picked if each not in meant]
    shown = shelves(known, language, first=known.offered())
    context = {
        "word": word, "meant": [tile(known, each, language) for each in meant], "asks": asks,
        "chosen": [tile(known, each, language) for each in chosen], "picked": picked,
        "shelves": list(without(shown, frozenset((*meant, *chosen)))), "here": "portal:pictures", **frame(language),
    }  # fmt: skip
    return render(request, "portal/places/pictures.html", context)
