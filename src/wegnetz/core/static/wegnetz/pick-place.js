// Two numbers set by a click on a map. The field does the same without this file, and stays what is sent.
import { drawDistricts, openMap } from "./map.js";

for (const box of document.querySelectorAll(".wn-city[data-sets]")) pick(box, document.getElementById(box.dataset.sets));

async function pick(box, field) {
  field.closest(".wn-field").append(box);
  const map = openMap(box);
  const outlines = await drawDistricts(map, box);
  const before = degrees(field.value);
  if (before) map.setView(before, 15);
  else if (outlines) map.fitBounds(outlines.bounds);
  else map.fitWorld();
  outlines?.show();

  const dot = document.createElement("span");
  const icon = L.divIcon({ className: "wn-spot", html: dot, iconSize: [44, 44] });
  const marker = L.marker(before ?? map.getCenter(), { icon, draggable: true, keyboard: false });
  if (before) marker.addTo(map);
  const write = ({ lat, lng }) => {
    field.value = `${lat.toFixed(5)}, ${lng.toFixed(5)}`;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  map.on("click", (event) => write(event.latlng.wrap()));
  marker.on("dragend", () => write(marker.getLatLng().wrap()));
  field.addEventListener("input", () => {
    const at = degrees(field.value);
    if (at) marker.setLatLng(at).addTo(map);
    else marker.remove();
    if (at && !map.getBounds().contains(at)) map.panTo(at);
  });
}

function degrees(text) {
  const [, lat, lon] = text.match(/^\s*(-?\d{1,2}(?:\.\d+)?)\s*[,; ]\s*(-?\d{1,3}(?:\.\d+)?)\s*$/) ?? [];
  return lat && Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? L.latLng(Number(lat), Number(lon)) : null;
}
