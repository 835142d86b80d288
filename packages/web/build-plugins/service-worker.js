// Keeps one copy of the app in the browser, so that it opens without a network. It answers from the copy and from nothing else; a new version of the
// app is a new copy, taken whole before it is used.
const files = ["FILES"];
const copy = `sigma-app-${"VERSION"}`;

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(copy)
      .then((cache) => cache.addAll(files))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(names.filter((name) => name.startsWith("sigma-app-") && name !== copy).map((name) => caches.delete(name))),
      )
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  event.respondWith(
    caches.open(copy).then((cache) => cache.match(request, { ignoreSearch: true }).then((kept) => kept ?? fetch(request))),
  );
});
