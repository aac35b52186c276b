// The door's service worker: keeps one version of the page and answers with it, network or not. `VERSION` and `KEPT`
// (path and checksum of each file) stand above this line when the portal serves it.

const NAME = `pintu-${VERSION}`;
const PATHS = new Set(KEPT.map(([path]) => path));

// All of it or nothing: a file that is not what the checksum says belongs to another version, and this one waits.
const keepAll = async () => {
  const cache = await caches.open(NAME);
  await cache.addAll(KEPT.map(([path, integrity]) => new Request(path, { integrity, cache: "reload" })));
};

const dropOthers = async () => {
  for (const name of await caches.keys()) if (name.startsWith("pintu-") && name !== NAME) await caches.delete(name);
  await self.clients.claim();
};

const answer = async (request, path) => {
  const cache = await caches.open(NAME);
  return (await cache.match(path, { ignoreVary: true })) ?? fetch(request);
};

self.addEventListener("install", (event) => event.waitUntil(keepAll()));
self.addEventListener("activate", (event) => event.waitUntil(dropOthers()));
// The page says when: never in the middle of a scan.
self.addEventListener("message", (event) => {
  if (event.data === "take-over") self.skipWaiting();
});
self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== self.location.origin) return;
  if (PATHS.has(address.pathname)) event.respondWith(answer(event.request, address.pathname));
});
