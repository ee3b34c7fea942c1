// Stands on the phone between the list of an evening and the network. It keeps the empty page and its files, and never an
// answer on which somebody is named: those are kept by the page itself, sealed.

const {name, files, shell} = self.known;
const PREFIX = "wegnetz-evening-";
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
  const isPage = event.request.mode === "navigate" && shell.startsWith(`${pathname}huelle/`);
  if (isPage) event.respondWith(page(event.request));
  else if (files.includes(pathname + search)) event.respondWith(kept(event.request));
});

async function kept(request) {
  return (await caches.match(request)) ?? fetch(request);
}

async function page(request) {
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  try {
    const answer = await Promise.race([fetch(request), late]);
    if (answer && answer.status < 500) return answer;
  } catch {
    // There is no network.
  }
  return (await caches.match(shell)) ?? fetch(request);
}
