// Stands on the phone between the list of an evening and the network. It keeps the empty page and its files, and never an
// answer on which somebody is named: those are kept by the page itself, sealed.

const {name, files, shell} = self.known;
const PREFIX = "wegnetz-evening-";
const ROOT = shell.split("huelle/")[0];
const PATIENCE = 5000;

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(caches.open(PREFIX + name).then((cache) => cache.addAll(files)));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(onlyOurs().then(() => self.clients.claim()));
});

async function onlyOurs() {
  for (const each of await caches.keys()) if (each.startsWith(PREFIX) && each !== PREFIX + name) await caches.delete(each);
}

self.addEventListener("fetch", (event) => {
  const {pathname, search, origin} = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== self.location.origin) return;
  if (event.request.mode === "navigate" && pathname.startsWith(ROOT)) event.respondWith(page(event.request, pathname));
  else if (files.includes(pathname + search)) event.respondWith(kept(event.request));
});

async function kept(request) {
  return (await caches.match(request)) ?? fetch(request);
}

// Without a network every way leads to the list, and the list is there at once where the network is slow.
async function page(request, pathname) {
  const isList = pathname === ROOT;
  try {
    const answer = await (isList ? Promise.race([fetch(request), late()]) : fetch(request));
    if (answer && !(isList && answer.status >= 500)) return answer;
  } catch {
    // There is no network.
  }
  if (!isList) return Response.redirect(ROOT);
  return (await caches.match(shell)) ?? fetch(request);
}

function late() {
  return new Promise((resolve) => setTimeout(resolve, PATIENCE));
}
