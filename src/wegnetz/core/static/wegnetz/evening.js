// Who is there: ticked off on the phone, kept there sealed, sent as soon as there is a network. Without this file the page
// is a form with a button.

import {Keeper, openStore} from "./evening-store.js";

const form = document.querySelector("#evening");
const texts = JSON.parse(document.querySelector("#texts").textContent);
const onPage = document.querySelector("#state");
const byId = (id) => document.getElementById(id);

const PREFIX = "wegnetz-evening-"; // of what evening-worker.js keeps
const AGAIN = {looking: 20_000, first: 3_000, most: 60_000, patience: 15_000};

// `list` is what the server said last; `marks` lie over it until the server has them.
let keeper = null;
let list = null;
let marks = [];
let trouble = ""; // "", "offline", "gone" or "settled"
let lost = 0; // marks for nobody on the list
let busy = false;
let wait = AGAIN.first;
let timer = 0;

// --- what is seen ------------------------------------------------------------------------------------

function said(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

function latest(invitation) {
  return marks.findLast((mark) => mark.invitation === invitation);
}

function fill(row, name, notes) {
  row.querySelector("bdi").textContent = name;
  const small = row.querySelector("small");
  if (notes) small.textContent = notes;
  else small.remove();
  return row;
}

function rowOf(person) {
  const row = byId("row").content.cloneNode(true);
  const box = row.querySelector("input");
  box.value = person.id;
  box.checked = latest(person.id)?.present ?? person.present;
  box.disabled = list.settled;
  return fill(row, person.name, person.notes.join(" · "));
}

function guestsNow() {
  const waiting = marks.filter((mark) => mark.kind === "guest" && !list.guests.some((guest) => guest.id === mark.id));
  return [...list.guests, ...waiting];
}

// Rows are made once and then only set: who is typing or has tapped a row keeps it under the finger.
let shownRows = "";
function drawRows() {
  const guests = guestsNow();
  const drawn = JSON.stringify([list.people.map(({id, name, notes}) => [id, name, notes]), guests.map(({id}) => id)]);
  if (drawn !== shownRows) {
    const expected = list.people.filter((person) => !person.declined).map(rowOf);
    const others = guests.map((guest) => fill(byId("guest-row").content.cloneNode(true), guest.name, texts.guest));
    const declined = list.people.filter((person) => person.declined).map(rowOf);
    byId("listed").replaceChildren(...expected, ...others);
    byId("declined").replaceChildren(...declined);
    byId("said-no").hidden = declined.length === 0;
    shownRows = drawn;
  }
  for (const person of list.people) {
    const box = form.querySelector(`input[value="${CSS.escape(person.id)}"]`);
    const present = latest(person.id)?.present ?? person.present;
    if (box.checked !== present) box.checked = present;
    box.disabled = list.settled || trouble === "settled";
  }
}

function draw() {
  if (list) {
    drawRows();
    const guests = guestsNow().length;
    const there = form.querySelectorAll("input[name=present]:checked").length + guests;
    byId("count").textContent = said(texts.count, {n: there, all: list.people.length + guests});
  }
  byId("sending").textContent = marks.length ? said(texts.waiting, {n: marks.length}) : list ? texts.sent : "";
  drawStrip();
}

function drawStrip() {
  const [title, text] = stripNow();
  const strip = byId("strip");
  const [strong, words] = [strip.querySelector("strong"), strip.querySelector("span > span")];
  if (strong.textContent !== title || words.textContent !== text) {
    [strong.textContent, words.textContent] = [title, text];
  }
  strip.hidden = !title;
}

function stripNow() {
  const many = {n: marks.length};
  if (!list && trouble !== "gone") return [texts.emptyTitle, texts.empty];
  if (!keeper) return [texts.brokenTitle, texts.broken];
  if (trouble === "gone") return [texts.goneTitle, marks.length ? said(texts.goneMany, many) : texts.goneNone];
  if (trouble === "settled" || list?.settled) {
    return [texts.settledTitle, marks.length ? said(texts.settledMany, many) : texts.settledNone];
  }
  if (trouble === "offline") {
    if (!marks.length) return [texts.offline, texts.offlineNone];
    return [texts.offline, marks.length === 1 ? texts.offlineOne : said(texts.offlineMany, many)];
  }
  return lost ? [texts.lostTitle, said(texts.lost, {n: lost})] : ["", ""];
}

// --- what is kept and sent -----------------------------------------------------------------------------

async function add(mark) {
  marks.push(mark);
  draw();
  await keeper?.addMark(mark);
  later(300);
}

function later(milliseconds) {
  clearTimeout(timer);
  timer = setTimeout(sync, milliseconds);
}

function take(answer) {
  for (const person of list.people) {
    const now = answer.people[person.id];
    if (now) [person.present, person.at] = [now[0] === true, now[1]];
  }
  list.people = list.people.filter((person) => person.id in answer.people);
  list.guests = answer.guests;
}

async function sync() {
  if (!list) return;
  if (keeper?.expires <= Date.now()) return over();
  if (busy) return later(300);
  busy = true;
  const sending = [...marks];
  try {
    const response = await fetch(form.dataset.state, {
      method: "POST",
      headers: {"content-type": "application/json", "x-csrftoken": list?.token ?? ""},
      body: JSON.stringify({evening: list.evening, sent: Date.now(), items: sending}),
      signal: AbortSignal.timeout?.(AGAIN.patience),
    });
    await hear(response);
    wait = trouble === "offline" ? Math.min(wait * 2, AGAIN.most) : AGAIN.first;
  } catch {
    trouble = "offline";
    wait = Math.min(wait * 2, AGAIN.most);
  }
  busy = false;
  draw();
  if (trouble === "offline") later(wait);
  else if (!trouble) later(marks.length ? AGAIN.first : AGAIN.looking);
}

// A page that was left open is no place for names either.
async function over() {
  await keeper.destroy();
  location.replace(form.dataset.page);
}

async function hear(response) {
  if (response.ok) {
    const answer = await response.json();
    const heard = new Set([...answer.done, ...answer.gone]);
    lost += answer.gone.length;
    list.settled = false;
    take(answer);
    marks = marks.filter((mark) => !heard.has(mark.id));
    // The list first: killed between the two, the phone sends once more what the server has, and that changes nothing.
    await keeper?.keepList(list);
    if (heard.size) await keeper?.removeMarks(heard);
    trouble = "";
  } else if (response.status === 404 || response.status === 403) {
    trouble = "gone";
    list = null;
    shownRows = "";
    for (const id of ["listed", "declined"]) byId(id).replaceChildren();
    await keeper?.forgetList();
  } else {
    trouble = response.status === 409 ? "settled" : "offline";
  }
}

// --- fingers -------------------------------------------------------------------------------------------

form.addEventListener("change", (event) => {
  if (event.target.name !== "present") return;
  const {value: invitation, checked: present} = event.target;
  add({id: newId(), kind: "mark", invitation, present, at: Date.now()});
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const field = byId("guest");
  const name = field.value.trim();
  if (!name || !list) return;
  field.value = "";
  add({id: newId(), kind: "guest", name, at: Date.now()});
  byId("added").textContent = said(texts.added, {name});
});

function newId() {
  return crypto.randomUUID?.() ?? "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) =>
    (digit ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (digit / 4)))).toString(16));
}

byId("leave").addEventListener("submit", async (event) => {
  event.preventDefault();
  clearTimeout(timer);
  await sync();
  if (marks.length || trouble === "offline") {
    byId("not-yet").textContent = texts.notYet;
    return;
  }
  await keeper?.destroy();
  await (await navigator.serviceWorker?.getRegistration(form.dataset.page))?.unregister();
  for (const name of (await globalThis.caches?.keys()) ?? []) if (name.startsWith(PREFIX)) await caches.delete(name);
  event.target.submit();
});

addEventListener("pageshow", (event) => event.persisted && location.reload());
addEventListener("online", () => later(0));
addEventListener("offline", () => later(0));
document.addEventListener("visibilitychange", () => document.hidden || later(0));

// --- the beginning -------------------------------------------------------------------------------------

async function begin() {
  const fresh = onPage && JSON.parse(onPage.textContent);
  try {
    const {database, latest: here} = await openStore();
    if (fresh) keeper = await Keeper.of(database, fresh.evening, Date.now() + fresh.until - fresh.now);
    else if (here) keeper = await Keeper.of(database, here);
    marks = (await keeper?.marks()) ?? [];
    list = fresh ?? (await keeper?.list()) ?? null;
    if (fresh) await keeper.keepList(fresh);
    await navigator.serviceWorker?.register(form.dataset.worker, {scope: form.dataset.page});
  } catch {
    list ??= fresh;
  }
  byId("save")?.remove();
  byId("on").hidden = false;
  draw();
  if (!list) {
    trouble = keeper ? "gone" : "";
    return draw();
  }
  if (!fresh) {
    trouble = "offline";
    const token = byId("leave").appendChild(document.createElement("input"));
    [token.type, token.name, token.value] = ["hidden", "csrfmiddlewaretoken", list.token];
    draw();
  }
  later(0);
}

begin();
