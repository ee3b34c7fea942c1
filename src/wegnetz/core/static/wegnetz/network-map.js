// Map and list are two views of one map. The list alone works without this file; here people are also moved by a finger,
// a mouse and keys. A move is saved by itself, and stays on the page until it is.

const MIDDLE = 180, SCALE = 1.6, CLOSEST = 18, OUTER = 100, TURN = 15, SAVED_AFTER = 600, AGAIN_AFTER = 5000, A_DRAG = 5;
const RINGS = [["inner", 33.33, 23], ["middle", 66.67, 51], ["outer", Infinity, 84]];
const BEGINS = {family: 0, friends: 90, colleagues: -180, professionals: -90};

for (const button of document.querySelectorAll(".wn-without-script")) button.hidden = true;
for (const part of document.querySelectorAll(".wn-needs-script")) part.hidden = false;

const slider = document.querySelector(".wn-slider input[type=range]");
if (slider) {
  const days = [...slider.list.options].map((option) => option.label);
  slider.addEventListener("input", () => {
    slider.form.querySelector("output").value = days[slider.value - 1];
    slider.setAttribute("aria-valuetext", days[slider.value - 1]);
  });
  slider.addEventListener("change", () => slider.form.requestSubmit());
  slider.setAttribute("aria-valuetext", days[slider.value - 1]);
}

const map = document.querySelector(".wn-net[data-moves]");
if (map && map.querySelector(".p")) moveOn(map);

function moveOn(map) {
  const people = [...map.querySelectorAll(".p")], ties = [...map.querySelectorAll(".tie")];
  const said = document.querySelector("#said"), trouble = document.querySelector("#trouble");
  const token = document.querySelector("input[name=csrfmiddlewaretoken]").value;
  const sectors = Object.fromEntries([...map.querySelectorAll("[data-sector]")].map((each) => [each.dataset.sector, each.textContent]));
  const rings = Object.fromEntries([...map.querySelectorAll("[data-ring]")].map((each) => [each.dataset.ring, each.dataset.name]));
  const unsaved = new Map();
  let chosen = null, held = null, timer = 0, saving = false, over = false;

  const calledOf = (node) => node.querySelector("text").textContent;
  const angleOf = (node) => Number(node.dataset.angle), distanceOf = (node) => Number(node.dataset.distance);
  const sectorOf = (angle) => (angle < -90 ? "colleagues" : angle < 0 ? "professionals" : angle < 90 ? "family" : "friends");
  const ringOf = (distance) => RINGS.findIndex(([, end]) => distance < end);
  const formOf = (node) => document.querySelector(`form[data-alter="${node.dataset.alter}"]`);

  // --- where somebody stands ---

  function stand(node, angle, distance) {
    angle = ((angle + 180) % 360 + 360) % 360 - 180;
    distance = Math.min(Math.max(distance, CLOSEST), OUTER);
    node.dataset.angle = Math.round(angle * 10) / 10;
    node.dataset.distance = Math.round(distance * 10) / 10;
    const turned = (angle * Math.PI) / 180;
    const x = MIDDLE + Math.cos(turned) * distance * SCALE, y = MIDDLE - Math.sin(turned) * distance * SCALE;
    node.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
    for (const tie of ties) {
      if (tie.dataset.one === node.dataset.alter) { tie.setAttribute("x1", x); tie.setAttribute("y1", y); }
      if (tie.dataset.other === node.dataset.alter) { tie.setAttribute("x2", x); tie.setAttribute("y2", y); }
    }
    const form = formOf(node);
    if (form) {
      form.elements.sector.value = sectorOf(angle);
      form.elements.horizon.value = RINGS[ringOf(distance)][0];
    }
    name(node);
  }

  function name(node) {
    const where = [sectors[sectorOf(angleOf(node))], rings[RINGS[ringOf(distanceOf(node))][0]]];
    node.setAttribute("aria-label", `${calledOf(node)}: ${[...where, node.dataset.signs].filter(Boolean).join(", ")}`);
    return `${calledOf(node)}: ${where.join(", ")}`;
  }

  function moved(node, angle, distance, {soon = false} = {}) {
    stand(node, angle, distance);
    said.textContent = name(node);
    unsaved.set(node.dataset.alter, node);
    clearTimeout(timer);
    timer = setTimeout(save, soon ? 0 : SAVED_AFTER);
  }

  // --- saving ---

  async function save() {
    clearTimeout(timer);
    if (saving || over || !unsaved.size) return;
    saving = true;
    const sent = new Map([...unsaved].map(([alter, node]) => [alter, [angleOf(node), distanceOf(node)]]));
    try {
      const answer = await fetch(map.dataset.moves + location.search, {method: "POST", body: bodyOf(sent), headers: {"X-CSRFToken": token}, keepalive: true});
      if (answer.ok) settled(sent, (await answer.json()).version);
      else if (answer.status === 409) stop((await answer.json()).problem);
      else stop(said.dataset.gone);
    } catch {
      // Without a connection it stays on the page, and is tried again.
      said.textContent = said.dataset.offline;
      timer = setTimeout(save, AGAIN_AFTER);
    }
    saving = false;
    if (unsaved.size && !over && said.textContent !== said.dataset.offline) timer = setTimeout(save, SAVED_AFTER);
  }

  function bodyOf(sent) {
    const body = new FormData();
    body.append("version", document.querySelector("input[name=version]").value);
    body.append("moves", JSON.stringify([...sent].map(([alter, where]) => [alter, ...where])));
    return body;
  }

  function settled(sent, version) {
    for (const field of document.querySelectorAll("input[name=version]")) field.value = version;
    for (const [alter, [angle, distance]] of sent) {
      const node = unsaved.get(alter);
      if (node && angleOf(node) === angle && distanceOf(node) === distance) unsaved.delete(alter);
    }
    if (!unsaved.size) said.textContent = `${said.textContent.split(" · ")[0]} · ${said.dataset.saved}`;
  }

  function stop(problem) {
    over = true;
    trouble.querySelector("span").textContent = problem;
    trouble.hidden = false;
  }

  addEventListener("online", save);
  addEventListener("pagehide", save);

  // --- fingers and mice: tap somebody, then a place; or drag ---

  function at(event) {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(map.getScreenCTM().inverse());
    const across = point.x - MIDDLE, up = MIDDLE - point.y;
    return [(Math.atan2(up, across) * 180) / Math.PI, Math.hypot(across, up) / SCALE];
  }

  function choose(node) {
    chosen = node;
    for (const one of people) one.setAttribute("aria-pressed", String(one === chosen));
    if (node) focus(node);
  }

  map.addEventListener("pointerdown", (event) => {
    const node = event.target.closest(".p");
    if (!node || !event.isPrimary || event.button) return;
    held = {node, x: event.clientX, y: event.clientY, drags: false, from: [angleOf(node), distanceOf(node)]};
    node.setPointerCapture(event.pointerId);
  });
  map.addEventListener("pointermove", (event) => {
    if (!held || !event.isPrimary) return;
    held.drags ||= Math.hypot(event.clientX - held.x, event.clientY - held.y) > A_DRAG;
    if (!held.drags) return;
    held.node.classList.add("held");
    stand(held.node, ...at(event));
  });
  map.addEventListener("pointerup", (event) => {
    if (!held || !event.isPrimary) return;
    const {node, drags} = held;
    held = null;
    node.classList.remove("held");
    if (drags) moved(node, ...at(event), {soon: true});
    else choose(node === chosen ? null : node);
  });
  map.addEventListener("pointercancel", () => {
    if (!held) return;
    held.node.classList.remove("held");
    stand(held.node, ...held.from);
    held = null;
  });
  map.addEventListener("click", (event) => {
    if (!chosen || event.target.closest(".p")) return;
    const node = chosen;
    choose(null);
    moved(node, ...at(event), {soon: true});
  });

  // --- keys: arrows go from one to the next; Enter chooses, and then arrows move whoever is chosen ---

  function focus(node) {
    for (const one of people) one.tabIndex = one === node ? 0 : -1;
    node.focus();
  }

  function nearer(node, step) {
    const ring = Math.min(Math.max(ringOf(distanceOf(node)) + step, 0), RINGS.length - 1);
    moved(node, angleOf(node), RINGS[ring][2]);
  }

  const MOVES = {
    ArrowUp: (node) => nearer(node, -1), ArrowDown: (node) => nearer(node, 1),
    ArrowRight: (node) => moved(node, angleOf(node) - TURN, distanceOf(node)),
    ArrowLeft: (node) => moved(node, angleOf(node) + TURN, distanceOf(node)),
  };
  const STEPS = {ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1};

  map.addEventListener("keydown", (event) => {
    const node = event.target.closest(".p");
    if (!node || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" || event.key === " ") choose(node === chosen ? null : node);
    else if (event.key === "Escape" && chosen) choose(null);
    else if (chosen === node && MOVES[event.key]) MOVES[event.key](node);
    else if (STEPS[event.key]) focus(people[(people.indexOf(node) + STEPS[event.key] + people.length) % people.length]);
    else if (event.key === "Home" || event.key === "End") focus(people.at(event.key === "Home" ? 0 : -1));
    else return;
    event.preventDefault();
  });

  // --- the list moves people too ---

  for (const node of people) {
    formOf(node)?.addEventListener("change", (event) => {
      const {sector, horizon} = event.currentTarget.elements;
      const within = ((angleOf(node) % 90) + 90) % 90;
      const [, , distance] = RINGS.find(([ring]) => ring === horizon.value);
      const stays = RINGS[ringOf(distanceOf(node))][0] === horizon.value;
      moved(node, BEGINS[sector.value] + within, stays ? distanceOf(node) : distance, {soon: true});
    });
    node.setAttribute("role", "button");
    node.setAttribute("aria-pressed", "false");
    node.tabIndex = node === people[0] ? 0 : -1;
    name(node);
  }
  map.setAttribute("role", "group");
  map.setAttribute("aria-describedby", "how");
  map.dataset.ready = "";
}
