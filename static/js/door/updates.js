// The service worker: keeps the page for aeroplane mode, and lets a newer version take over when nobody is busy.
// What was recorded lies in IndexedDB, which no version of the page throws away.

const IDLE = 4000;

// `isIdle()` says whether the page may start again now.
export const keepPage = async (isIdle) => {
  if (!("serviceWorker" in navigator)) return;
  const workers = navigator.serviceWorker;
  const hadOne = Boolean(workers.controller);
  let isLeaving = false;
  workers.addEventListener("controllerchange", () => {
    // The first one only begins to keep this very page.
    if (!hadOne || isLeaving) return;
    isLeaving = true;
    location.reload();
  });
  const worker = new URL("sw.js", document.baseURI);
  const registration = await workers.register(worker, { updateViaCache: "none" }).catch(() => null);
  if (!registration) return;
  const offer = () => {
    if (!registration.waiting) return;
    if (isIdle()) registration.waiting.postMessage("take-over");
    else setTimeout(offer, IDLE);
  };
  registration.addEventListener("updatefound", () => {
    const { installing } = registration;
    installing.addEventListener("statechange", () => installing.state === "installed" && workers.controller && offer());
  });
  offer();
  const look = () => registration.update().catch(() => {});
  addEventListener("online", look);
  setInterval(look, 30 * 60 * 1000);
};
