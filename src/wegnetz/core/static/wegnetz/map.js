// A map that asks nobody else for anything: the outlines of the districts with their names, a scale, and two buttons.
// Whatever somebody typed is put in as text, never as HTML.

const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
const DEEPEST = 18;

// One finger scrolls the page on, so a map on a phone is dragged by nothing less than two.
export const touch = matchMedia("(pointer: coarse)").matches;

export async function load(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

export function openMap(box) {
  box.replaceChildren();
  box.hidden = false;
  const map = L.map(box, {
    attributionControl: false, zoomControl: false, scrollWheelZoom: false, dragging: !touch, inertia: !calm,
    zoomAnimation: !calm, fadeAnimation: !calm, markerZoomAnimation: !calm, minZoom: 8, maxZoom: DEEPEST,
    zoomSnap: box.dataset.tiles ? 1 : 0.5,
  });
  map.createPane("names").style.zIndex = 450;
  L.control.zoom({ zoomInTitle: box.dataset.in, zoomOutTitle: box.dataset.out }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  if (box.dataset.tiles) L.tileLayer(box.dataset.tiles, { maxZoom: DEEPEST }).addTo(map);
  return map;
}

// Answers where the districts are, or nothing where nobody drew them.
export async function drawDistricts(map, box) {
  const shapes = await load(box.dataset.districts).catch(() => ({ features: [] }));
  if (!shapes.features.length) return null;
  const drawn = L.geoJSON(shapes, { interactive: false, style: { className: "wn-district", weight: 1 } });
  return {
    bounds: drawn.getBounds(),
    show() {
      drawn.addTo(map);
      nameDistricts(map, drawn.getLayers().map((layer) => ({
        name: layer.feature.properties.name, at: layer.getCenter(), bounds: layer.getBounds(),
      })));
    },
  };
}

// Names stand where there is room for them: the largest district first, and none on another.
export function nameDistricts(map, districts) {
  const layer = L.layerGroup().addTo(map);
  const draw = () => {
    const taken = [];
    layer.clearLayers();
    const sized = districts.map((each) => ({ ...each, room: roomOf(map, each) })).sort((a, b) => b.room - a.room);
    for (const { name, at, room } of sized) {
      const spot = map.project(at);
      const half = L.point(name.length * 3.6 + 4, 10);
      const place = L.bounds(spot.subtract(half), spot.add(half));
      if (half.x * 1.6 > room || taken.some((other) => other.overlaps(place))) continue;
      taken.push(place);
      L.marker(at, { icon: nameIcon(name), interactive: false, keyboard: false, pane: "names" }).addTo(layer);
    }
  };
  map.on("zoomend", draw);
  draw();
}

function roomOf(map, { bounds }) {
  return bounds ? map.project(bounds.getNorthEast()).x - map.project(bounds.getSouthWest()).x : Infinity;
}

function nameIcon(name) {
  const word = document.createElement("span");
  word.textContent = name;
  word.ariaHidden = "true";
  return L.divIcon({ className: "wn-district-name", html: word, iconSize: null });
}
