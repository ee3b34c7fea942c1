// The places of the list on a map, and the one place of its page. The list says all of it without this file.
import { drawDistricts, load, nameDistricts, openMap, touch } from "./map.js";

const CELL = 64;
const CLOSE = 16;
const MOST_IN_A_POPUP = 12;

for (const box of document.querySelectorAll(".wn-city[data-points]")) showPlaces(box);
for (const box of document.querySelectorAll(".wn-city[data-lat]")) showPlace(box);

async function showPlace(box) {
  const at = L.latLng(Number(box.dataset.lat), Number(box.dataset.lon));
  const map = openMap(box).setView(at, 13);
  const dot = document.createElement("span");
  L.marker(at, { icon: iconOf(dot), interactive: false, keyboard: false }).addTo(map);
  (await drawDistricts(map, box))?.show();
}

async function showPlaces(box) {
  let found;
  try {
    found = await load(box.dataset.points);
  } catch {
    return; // what stands in the box is true then
  }
  const places = found.features.map((each) => placeOf(each, box));
  const map = openMap(box);
  const outlines = await drawDistricts(map, box);
  const bounds = L.latLngBounds(places.map((each) => each.at));
  if (places.length) map.fitBounds(bounds.pad(0.05), { maxZoom: CLOSE });
  else if (outlines) map.fitBounds(outlines.bounds);
  else map.setView([51, 10], map.getMinZoom());
  if (outlines) outlines.show();
  else nameDistricts(map, middles(places));
  new Dots(map, places, box);
  if (touch) map.on("click", (event) => map.panTo(event.latlng));
  const missing = document.querySelector("[data-without-place]");
  missing.hidden = !found.without_place;
  missing.append(` ${found.without_place}`);
}

function placeOf({ id, geometry, properties }, box) {
  const [lon, lat] = geometry.coordinates;
  return { id, at: L.latLng(lat, lon), address: new URL(`${id}/`, new URL(box.dataset.points, location)), ...properties };
}

// Where nobody drew the districts, each is named in the middle of its places.
function middles(places) {
  const districts = new Map();
  for (const { district, at } of places) {
    if (district) districts.set(district, [...(districts.get(district) ?? []), at]);
  }
  return [...districts].map(([name, all]) => ({ name, at: middleOf(all) }));
}

function middleOf(all) {
  const sum = all.reduce(([lat, lng], at) => [lat + at.lat, lng + at.lng], [0, 0]);
  return L.latLng(sum[0] / all.length, sum[1] / all.length);
}

function iconOf(html) {
  return L.divIcon({ className: "wn-spot", html, iconSize: [44, 44] });
}

// Places that lie close together are one dot with a number. Only what is in sight is there at all, so that thousands of
// places stay quick; a dot that stays in sight stays the same element and keeps the focus.
class Dots {
  constructor(map, places, box) {
    Object.assign(this, { map, places, say: box.dataset, shown: new Map(), layer: L.layerGroup().addTo(map) });
    map.on("moveend", () => this.draw());
    map.on("popupclose", () => this.back());
    map.getContainer().addEventListener("keydown", (event) => {
      if (event.key === "Escape") map.closePopup();
    });
    for (const line of document.querySelectorAll("[data-point]")) this.follow(line);
    this.draw();
  }

  draw() {
    const zoom = this.map.getZoom();
    if (zoom !== this.zoom) {
      this.zoom = zoom;
      this.groups = this.grouped(zoom);
      this.layer.clearLayers();
      this.shown.clear();
    }
    const seen = this.map.getBounds().pad(0.2);
    for (const [key, group] of this.groups) {
      const there = this.shown.get(key);
      if (seen.contains(group.at)) {
        if (!there) this.shown.set(key, this.add(group));
      } else if (there && there.button !== document.activeElement) {
        this.layer.removeLayer(there.marker);
        this.shown.delete(key);
      }
    }
  }

  grouped(zoom) {
    const cells = new Map();
    for (const place of this.places) {
      const { x, y } = this.map.project(place.at, zoom).divideBy(CELL).floor();
      const key = `${x}:${y}`;
      if (cells.has(key)) cells.get(key).push(place);
      else cells.set(key, [place]);
    }
    const groups = new Map();
    for (const [key, places] of cells) groups.set(key, { places, at: middleOf(places.map((each) => each.at)) });
    return groups;
  }

  add(group) {
    const { places, at } = group;
    const button = document.createElement("button");
    button.type = "button";
    button.ariaLabel = places.length > 1 ? `${this.say.places}: ${places.length}` : places[0].name;
    if (places.length > 1) button.textContent = places.length;
    button.addEventListener("click", () => this.press(group, button));
    button.addEventListener("focus", () => this.map.panInside(at, { padding: [30, 30] }));
    for (const [begin, end] of [["focus", "blur"], ["mouseenter", "mouseleave"]]) {
      button.addEventListener(begin, () => mark(places, true));
      button.addEventListener(end, () => mark(places, false));
    }
    L.DomEvent.disableClickPropagation(button);
    const marker = L.marker(at, { icon: iconOf(button), interactive: false, keyboard: false }).addTo(this.layer);
    return { group, marker, button };
  }

  press(group, button) {
    const bounds = L.latLngBounds(group.places.map((each) => each.at));
    const together = bounds.getNorthEast().equals(bounds.getSouthWest(), 1e-5);
    if (group.places.length === 1 || together || this.zoom === this.map.getMaxZoom()) {
      this.tell(group, button);
      return;
    }
    const zoom = Math.max(this.zoom + 1, Math.min(this.map.getBoundsZoom(bounds.pad(0.1)), CLOSE));
    this.map.once("moveend", () => this.holding(group.places[0])?.button.focus());
    this.map.setView(bounds.getCenter(), zoom);
  }

  tell({ places, at }, button) {
    const list = document.createElement("ul");
    list.dir = document.documentElement.dir;
    list.append(...places.slice(0, MOST_IN_A_POPUP).map(lineOf));
    if (places.length > MOST_IN_A_POPUP) list.append(item(`+${places.length - MOST_IN_A_POPUP}`));
    const popup = L.popup({ className: "wn-city__popup", minWidth: 160, maxWidth: 240, maxHeight: 240, offset: [0, -6] });
    popup.setLatLng(at).setContent(list).openOn(this.map);
    popup.getElement().querySelector(".leaflet-popup-close-button").ariaLabel = this.say.close;
    list.querySelector("a").focus({ preventScroll: true });
    this.opener = button;
  }

  // Who read a popup goes on from where it was opened.
  back() {
    const inside = this.map.getContainer().contains(document.activeElement) || document.activeElement === document.body;
    if (inside && this.opener?.isConnected) this.opener.focus({ preventScroll: true });
  }

  holding(place) {
    return [...this.shown.values()].find(({ group }) => group.places.includes(place));
  }

  follow(line) {
    const place = this.places.find((each) => each.id === line.dataset.point);
    const light = (on) => () => this.holding(place)?.button.classList.toggle("is-on", on);
    for (const name of ["focusin", "mouseenter"]) line.addEventListener(name, light(true));
    for (const name of ["focusout", "mouseleave"]) line.addEventListener(name, light(false));
  }
}

function mark(places, on) {
  for (const line of document.querySelectorAll("[data-point]")) {
    if (places.some((each) => each.id === line.dataset.point)) line.classList.toggle("is-on", on);
  }
}

function lineOf(place) {
  const link = document.createElement("a");
  link.href = place.address;
  link.append(said(place.name, place.name_language));
  const line = item(link);
  if (place.title) line.append(document.createElement("br"), said(place.title, place.title_language));
  if (place.more) line.append(` +${place.more}`);
  if (place.when) line.append(document.createElement("br"), said(place.when));
  return line;
}

function said(text, language) {
  const word = document.createElement("bdi");
  word.textContent = text;
  if (language) word.lang = language;
  return word;
}

function item(...content) {
  const line = document.createElement("li");
  line.append(...content);
  return line;
}
