// The portal's side of the door. The token goes into a header, never into an address.

export const TIMEOUT = 4000;
const SLOW = 30000;

// The server was not reached, or could not answer now: ask again later.
export class NoNetwork extends Error {}

// The server refuses and says why.
export class Refused extends Error {
  constructor(status, word, sentence) {
    super(sentence);
    Object.assign(this, { status, word, sentence });
  }
}

// The portal's own words about a desk. Whatever else says so stands before the portal and knows nothing of desks.
const ABOUT_DESK = new Set([401, 403, 410]);
// What was sent cannot be taken, whoever says so.
const ABOUT_BODY = new Set([400, 413, 415, 422]);

// Returns { status, data, etag, sent, received }: data null for 304; times in ms of the device's clock.
const call = async (token, path, { body, etag, timeout = SLOW } = {}) => {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), timeout);
  const headers = { Authorization: `Bearer ${token}`, Accept: "application/json" };
  if (body) headers["Content-Type"] = "application/json";
  if (etag) headers["If-None-Match"] = etag;
  const sent = Date.now();
  try {
    const response = await fetch(new URL(`api/${path}`, document.baseURI), {
      method: body ? "POST" : "GET",
      body: body && JSON.stringify(body),
      headers,
      cache: "no-store",
      credentials: "omit",
      referrerPolicy: "no-referrer",
      signal: abort.signal,
    });
    const received = Date.now();
    if (response.status === 304) return { status: 304, data: null, etag, sent, received };
    const data = await response.json().catch(() => null);
    if (ABOUT_BODY.has(response.status) || (ABOUT_DESK.has(response.status) && data?.error)) {
      const sentence = data?.sentence ?? `Portal menolak permintaan ini (${response.status}).`;
      throw new Refused(response.status, data?.error ?? "refused", sentence);
    }
    // Such as a hotel's sign-in page, a guard before the portal, or a portal that is just being restarted.
    if (!response.ok || !data) throw new NoNetwork(`status ${response.status}`);
    return { status: response.status, data, etag: response.headers.get("ETag") ?? "", sent, received };
  } catch (error) {
    if (error instanceof Refused || error instanceof NoNetwork) throw error;
    throw new NoNetwork(String(error));
  } finally {
    clearTimeout(timer);
  }
};

export const fetchList = (token, etag) => call(token, "daftar/", { etag });

export const fetchPresence = (token, since) => call(token, `hadir/?sejak=${encodeURIComponent(since)}`);

export const sendEvents = (token, events, timeout) =>
  call(token, "catat/", { body: { device_at: new Date().toISOString(), events }, timeout });
