"""Contact points, offers and their translations, as those type them who keep the directory."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wegnetz.core.forms import EuroField
from wegnetz.core.languages import OWN_NAMES
from wegnetz.desk.forms.interests import InterestsField
from wegnetz.desk.forms.people import language_choices
from wegnetz.directory import entries
from wegnetz.directory.access import Source
from wegnetz.directory.entries import Address, Contact, Hours, Offer, Point, Translation, Wording
from wegnetz.directory.importing.cleaning import clean, one_line
from wegnetz.directory.selectors.interests import Interests
from wegnetz.engines.areas import are_swapped
from wegnetz.programme.selectors import active_area

UNKNOWN, YES, NO = "", "yes", "no"
YES_OR_NO = ((UNKNOWN, gettext_lazy("nicht bekannt")), (YES, gettext_lazy("ja")), (NO, gettext_lazy("nein")))
FLAGS: dict[str, bool | None] = {YES: True, NO: False, UNKNOWN: None}
WORDS = {value: word for word, value in FLAGS.items()}
DEGREES = re.compile(r"\s*(-?\d{1,2}(?:\.\d+)?)\s*[,; ]\s*(-?\d{1,3}(?:\.\d+)?)\s*")
LONGEST = 4_000


class Words(forms.CharField):
    """A text as imported ones are: without signs that nobody sees, which spoil files or turn what is read.

    In one line unless its widget has several.
    """

    def to_python(self, value: Any) -> str:
        text = str(super().to_python(value) or "")
        return clean(text) if isinstance(self.widget, forms.Textarea) else one_line(text)


def _text(label: Any, length: int = 200, *, rows: int = 0, **more: Any) -> Words:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput(attrs={"autocomplete": "off"})
    return Words(label=label, max_length=length, widget=widget, **{"required": False, **more})


def _flag(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=YES_OR_NO, required=False)


class ContactFields(forms.Form):
    """Whom to ask, as published."""

    contact_name = _text(
        gettext_lazy("Wen kann man fragen?"),
        help_text=gettext_lazy("Das steht öffentlich im Verzeichnis. Fragen Sie die Person vorher."),
    )
    phone = _text(gettext_lazy("Telefon"), 60)
    email = forms.EmailField(label=gettext_lazy("E-Mail"), max_length=254, required=False)
    website = forms.URLField(label=gettext_lazy("Internetseite"), max_length=400, required=False, assume_scheme="https")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @property
    def contact(self) -> Contact:
        data = self.cleaned_data
        return Contact(data["contact_name"], data["email"], data["phone"], data["website"])


class PlaceForm(ContactFields):
    """A contact point: what it is called, where it is, how one gets there."""

    name = _text(gettext_lazy("Name"), 300, required=True)
    description = _text(
        gettext_lazy("Was ist das für ein Ort?"), LONGEST, rows=4,
        help_text=gettext_lazy(
            "Schreiben Sie kurz und so, dass auch Menschen es sich vorstellen können, die neu hier sind."
        ),
    )  # fmt: skip
    directions = _text(
        gettext_lazy("Wie komme ich hin?"), LONGEST, rows=3,
        help_text=gettext_lazy("Zum Beispiel: Bahn 706 bis Pinienstraße, dann durch das große Tor."),
    )  # fmt: skip
    operator = _text(gettext_lazy("Wer betreibt den Ort?"))
    street = _text(gettext_lazy("Straße und Hausnummer"))
    postcode = _text(gettext_lazy("Postleitzahl"), 12)
    town = _text(gettext_lazy("Ort"), 100)
    district = _text(gettext_lazy("Stadtteil"), 100)
    degrees = _text(
        gettext_lazy("Punkt auf der Karte"), 60,
        help_text=gettext_lazy("Breitengrad und Längengrad, zum Beispiel 51.2200, 6.8100."),
    )  # fmt: skip
    accessible = _flag(gettext_lazy("Mit Rollstuhl erreichbar?"))
    closed = forms.BooleanField(label=gettext_lazy("Zurzeit geschlossen"), required=False)

    field_order = (
        "name", "description", "operator", "street", "postcode", "town", "district", "degrees", "directions",
        "accessible", "contact_name", "phone", "email", "website", "closed",
    )  # fmt: skip

    def clean_degrees(self) -> tuple[float, float] | None:
        text = self.cleaned_data["degrees"]
        if not text.strip():
            return None
        match = DEGREES.fullmatch(text)
        if not match or abs(float(match[1])) > 90 or abs(float(match[2])) > 180:
            raise ValidationError(_("Bitte schreiben Sie zwei Zahlen mit Punkt, zum Beispiel: 51.2200, 6.8100."))
        lat, lon = float(match[1]), float(match[2])
        if (area := active_area()) and are_swapped(area, lat, lon):
            raise ValidationError(
                _("Breitengrad und Längengrad scheinen vertauscht. Meinten Sie: %(degrees)s?"),
                params={"degrees": f"{match[2]}, {match[1]}"},
            )
        return lat, lon

    def point(self, before: Point | None, hours: Sequence[Hours], today: date) -> Point:
        """The contact point as it is said now. What the form does not ask about stays as it was.

        Who writes a new one down today has confirmed it today.
        """
        data = self.cleaned_data
        lat, lon = data["degrees"] or (None, None)
        texts = {name: data[name].strip() for name in entries.POINT_TEXTS}
        base = before or Point("", written(texts), confirmed_on=today)
        return replace(
            base, wording=rewritten(base.wording, texts), operator=data["operator"], contact=self.contact,
            address=replace(
                base.address, street=data["street"], postcode=data["postcode"], town=data["town"],
                district=data["district"], lat=lat, lon=lon,
            ),
            accessible=FLAGS[data["accessible"]], hours=tuple(hours), closed=data["closed"],
        )  # fmt: skip


def place_initial(point: Point, version: int) -> dict[str, Any]:
    at: Address = point.address
    return {
        **point.wording.source.texts, **contact_initial(point.contact), "operator": point.operator,
        "street": at.street, "postcode": at.postcode, "town": at.town, "district": at.district,
        "degrees": f"{at.lat}, {at.lon}" if at.lat is not None else "", "accessible": WORDS[point.accessible],
        "closed": point.closed, "version": version,
    }  # fmt: skip


def contact_initial(contact: Contact) -> dict[str, str]:
    return {
        "contact_name": contact.name, "email": contact.email, "phone": contact.phone, "website": contact.website
    }  # fmt: skip


class OfferForm(ContactFields):
    """Something that takes place at a contact point."""

    title = _text(gettext_lazy("Wie heißt das Angebot?"), 300, required=True)
    description = _text(gettext_lazy("Was macht man da?"), LONGEST, rows=4)
    joining = _text(
        gettext_lazy("Wie kann man mitmachen?"), 1_000, rows=2,
        help_text=gettext_lazy("Zum Beispiel: Einfach kommen. Oder: vorher anrufen."),
    )  # fmt: skip
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Welche Sprachen spricht man dort?"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=lambda: language_choices()[1:],
    )  # fmt: skip
    interpreter = _flag(gettext_lazy("Kann jemand dolmetschen?"))
    age_from = forms.IntegerField(label=gettext_lazy("Ab welchem Alter?"), min_value=0, max_value=120, required=False)
    age_to = forms.IntegerField(label=gettext_lazy("Bis zu welchem Alter?"), min_value=0, max_value=120, required=False)
    euros = EuroField(
        label=gettext_lazy("Was kostet ein Besuch?"), min_value=0, max_value=1_000, required=False,
        help_text=gettext_lazy("In Euro. 0 heißt: kostenlos. Leer heißt: nicht bekannt."),
    )  # fmt: skip
    cost = _text(gettext_lazy("Was sollte man zum Preis wissen?"), 300)
    capacity = forms.IntegerField(
        label=gettext_lazy("Wie viele Plätze gibt es?"), min_value=0, max_value=100_000, required=False
    )
    women_only = forms.BooleanField(label=gettext_lazy("Nur für Frauen"), required=False)
    closed = forms.BooleanField(label=gettext_lazy("Findet zurzeit nicht statt"), required=False)

    def __init__(self, known: Interests, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["concepts"] = InterestsField(
            known, label=_("Für welche Interessen?"), max_length=1_000, required=False,
            help_text=_("Mit Komma getrennt, in jeder Sprache. Zum Beispiel: Singen, Fußball, كرة القدم."),
        )  # fmt: skip
        first = (
            "title", "concepts", "description", "joining", "languages", "interpreter", "age_from", "age_to", "euros",
            "cost", "capacity", "women_only", "contact_name", "phone", "email", "website", "closed",
        )  # fmt: skip
        self.order_fields(first)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        least, most = data.get("age_from"), data.get("age_to")
        if least is not None and most is not None and most < least:
            self.add_error("age_to", _("Das höchste Alter liegt unter dem niedrigsten. Bitte prüfen Sie beide."))
        return data

    def offer(self, before: Offer | None, hours: Sequence[Hours], today: date) -> Offer:
        """The offer as it is said now, as `PlaceForm.point`."""
        data = self.cleaned_data
        texts = {name: data[name].strip() for name in entries.OFFER_TEXTS}
        base = before or Offer("", written(texts), confirmed_on=today)
        # Languages that no box stands for are kept.
        others = tuple(code for code in base.languages if code not in OWN_NAMES)
        return replace(
            base, wording=rewritten(base.wording, texts), concepts=data["concepts"], hours=tuple(hours),
            languages=(*data["languages"], *others), interpreter=FLAGS[data["interpreter"]],
            age_from=data["age_from"], age_to=data["age_to"], women_only=data["women_only"],
            cost_cents=None if data["euros"] is None else int(data["euros"] * 100), capacity=data["capacity"],
            contact=self.contact, closed=data["closed"],
        )  # fmt: skip


def offer_initial(offer: Offer, version: int) -> dict[str, Any]:
    return {
        **offer.wording.source.texts, **contact_initial(offer.contact), "concepts": offer.concepts,
        "languages": list(offer.languages), "interpreter": WORDS[offer.interpreter], "age_from": offer.age_from,
        "age_to": offer.age_to, "euros": None if offer.cost_cents is None else Decimal(offer.cost_cents) / 100,
        "capacity": offer.capacity, "women_only": offer.women_only, "closed": offer.closed, "version": version,
    }  # fmt: skip


def written(texts: dict[str, str]) -> Wording:
    """What is typed here first is German."""
    return Wording("de", {"de": Translation({name: text for name, text in texts.items() if text})})


def rewritten(wording: Wording, texts: dict[str, str]) -> Wording:
    """The source says this now; translations stay, and know that they were made from something else."""
    source = replace(wording.source, texts={name: text for name, text in texts.items() if text})
    return replace(wording, translations={**wording.translations, wording.language: source})


class TranslationForm(forms.Form):
    """What is said of something, in one more language, beside what was written first."""

    machine = forms.BooleanField(
        label=gettext_lazy("Eine Maschine hat das übersetzt, und noch niemand hat es geprüft"), required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, named: dict[str, str], source: Translation, language: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.source = source
        for name, label in named.items():
            text = source.texts.get(name, "")
            if text:
                rows = 1 if len(text) < 80 else 4
                widget = forms.Textarea(attrs={"rows": rows, "dir": "auto", "lang": language})
                self.fields[name] = Words(
                    label=label, max_length=LONGEST, required=False, widget=widget, help_text=text
                )
        self.order_fields([name for name in self.fields if name != "machine"])

    @property
    def translation(self) -> Translation | None:
        """None where nothing was said."""
        texts = {name: self.cleaned_data[name].strip() for name in self.source.texts if self.cleaned_data.get(name)}
        said = {name: text for name, text in texts.items() if text}
        return Translation(said, self.cleaned_data["machine"], self.source.fingerprint) if said else None


def translated(wording: Wording, language: str, translation: Translation | None) -> Wording:
    others = {code: each for code, each in wording.translations.items() if code != language}
    return replace(wording, translations=others | ({language: translation} if translation else {}))


class ImportForm(forms.Form):
    """A file with contact points, and where it comes from. Of Integreat a second file in another language may come."""

    needed_with = ("known", "name")  # a new source has a name
    known = forms.ChoiceField(label=gettext_lazy("Woher kommt die Datei?"), required=False)
    name = _text(
        gettext_lazy("Name der neuen Quelle"), 200, help_text=gettext_lazy("Zum Beispiel: Liste des Jugendamts.")
    )
    attribution = _text(
        gettext_lazy("Wer wird als Quelle genannt?"), 300,
        help_text=gettext_lazy("Das steht öffentlich bei jedem Ort. Viele Lizenzen verlangen es."),
    )  # fmt: skip
    licence = _text(gettext_lazy("Lizenz"), 100, help_text=gettext_lazy("Zum Beispiel: CC BY-SA 4.0."))
    file = forms.FileField(
        label=gettext_lazy("Datei"), error_messages={"required": gettext_lazy("Bitte wählen Sie eine Datei aus.")},
        help_text=gettext_lazy("CSV, XLSX, GeoJSON, HSDS oder Integreat, höchstens 10 MB."),
    )  # fmt: skip
    language = forms.ChoiceField(
        label=gettext_lazy("In welcher Sprache ist die Datei?"), choices=lambda: language_choices()[1:]
    )
    second_file = forms.FileField(
        label=gettext_lazy("Dieselben Orte in einer zweiten Sprache"), required=False,
        help_text=gettext_lazy("Nur für Dateien aus Integreat."),
    )  # fmt: skip
    second_language = forms.ChoiceField(
        label=gettext_lazy("Sprache der zweiten Datei"), choices=language_choices, required=False
    )

    def __init__(self, sources: Iterable[Source], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_id = {str(source.id): source for source in sources}
        named = [(key, source.name) for key, source in self.by_id.items()]
        self.fields["known"] = forms.ChoiceField(
            label=self.fields["known"].label, required=False, choices=[("", _("aus einer neuen Quelle")), *named]
        )
        self.initial.setdefault("language", "de")
        self.order_fields(("known", "name", "attribution", "licence", "file", "language"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        known = self.by_id.get(data.get("known", ""))
        if known is None and not data.get("name", "").strip():
            self.add_error("name", _("Bitte geben Sie der Quelle einen Namen."))
        if known is not None:
            data["attribution"] = data.get("attribution") or known.attribution
            data["licence"] = data.get("licence") or known.licence
        if data.get("second_file") and not data.get("second_language"):
            self.add_error("second_language", _("Bitte wählen Sie aus, in welcher Sprache die zweite Datei ist."))
        return data

    @property
    def source(self) -> str:
        known = self.by_id.get(self.cleaned_data["known"])
        return known.name if known else str(self.cleaned_data["name"]).strip()

    @property
    def contents(self) -> list[tuple[str, bytes]]:
        """Each file with its language, the one that was written first at the beginning."""
        data = self.cleaned_data
        found = [(data["language"], data["file"].read())]
        return [*found, (data["second_language"], data["second_file"].read())] if data.get("second_file") else found
