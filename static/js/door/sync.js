// Talking to the portal in the background: sends what waits, fetches the list and who came at other desks.

import { NoNetwork, Refused, fetchList, fetchPresence, sendEvents } from "./api.js";
import { skewFrom } from "./clock.js";
import { GRACE } from "./desk.js";

const BATCH = 200;
const PULSE = 8000;
const LONGEST_WAIT = 30000;
// A round trip longer than this says too little about the clock.
const FAIR_TRIP = 3000;

export const makeSync = (desk, queue, onChange) => {
  let timer = 0;
  let isRunning = false;
  let wait = PULSE;
  let batch = BATCH;

  const reached = ({ data, sent, received }) => {
    desk.isReachable = true;
    wait = PULSE;
    if (data?.server_at && received - sent < FAIR_TRIP) desk.takeSkew(skewFrom(data.server_at, sent, received));
  };

  // What the server made of an entry; whether that differs from what the desk saw.
  const settle = async (entry, result) => {
    const isTakenBack = entry.undone && result.verdict === "undone";
    const differs = result.verdict !== entry.shown && !isTakenBack;
    Object.assign(entry, { state: "sent", result, differs });
    await queue.keep(entry);
    if (entry.desk === desk.id) desk.takeResult(entry.event, result);
  };

  const stick = async (entries, sentence) => {
    for (const entry of entries) await queue.keep(Object.assign(entry, { state: "stuck", sentence }));
  };

  const send = async (token, entries) => {
    try {
      const answer = await sendEvents(token, entries.map(({ event }) => event));
      reached(answer);
      const results = new Map(answer.data.results.map((result) => [result.uid, result]));
      for (const entry of entries) if (results.has(entry.uid)) await settle(entry, results.get(entry.uid));
      if (entries.some(({ uid }) => !results.has(uid))) throw new NoNetwork("not every event was answered");
    } catch (error) {
      if (!(error instanceof Refused) || ![400, 413, 422].includes(error.status)) throw error;
      // One that the server cannot read must not hold back the others.
      if (entries.length === 1) await stick(entries, error.sentence);
      else batch = Math.max(1, Math.floor(batch / 4));
    }
  };

  const upload = async (id) => {
    const token = await desk.tokenOf(id);
    const over = "Catatan ini tidak dapat dikirim lagi.";
    if (!token) return stick(queue.of(id, "waiting"), over);
    const grounded = () => queue.of(id, "waiting").filter(({ uid }) => !queue.flying.has(uid));
    try {
      for (let waiting = grounded(); waiting.length; waiting = grounded()) {
        await send(token, waiting.slice(0, batch));
        onChange();
      }
      batch = BATCH;
      await queue.prune(id);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const waiting = queue.of(id, "waiting");
      // Unknown or revoked: it stays so. Expired: the portal takes them for a week yet, so what it refuses is too old.
      const isFinal = error.status !== 410 || waiting.every(({ at }) => at < Date.now() - GRACE);
      if ([401, 403].includes(error.status) || isFinal) await stick(waiting, error.sentence);
      if (id === desk.id) await desk.end(error.sentence);
    }
    return undefined;
  };

  const fetchWhatChanged = async () => {
    const { token } = desk;
    if (!token || desk.ended) return undefined;
    // Another desk was opened meanwhile, or this one was left: the answer is not for it.
    const isOther = () => desk.token !== token;
    try {
      if (desk.list && desk.since) {
        const answer = await fetchPresence(token, desk.since);
        reached(answer);
        if (isOther()) return fetchWhatChanged();
        desk.takeChanges(answer.data.changes, answer.data.server_at);
        if (!answer.data.list_changed) return undefined;
      }
      const answer = await fetchList(token, desk.list ? desk.etag : "");
      reached(answer);
      if (isOther()) return fetchWhatChanged();
      if (answer.data) await desk.takeList(answer.data, answer.etag);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (isOther()) return fetchWhatChanged();
      if ([401, 403, 410].includes(error.status)) await desk.end(error.sentence);
      else throw new NoNetwork(error.sentence);
    }
    return undefined;
  };

  const run = async () => {
    if (isRunning) return;
    isRunning = true;
    clearTimeout(timer);
    try {
      await desk.checkExpiry();
      await queue.saveAgain();
      for (const id of queue.desks()) await upload(id);
      // What was sent needs no token any more.
      await desk.checkExpiry();
      await desk.forgetOthers().catch(() => {});
      await fetchWhatChanged();
    } catch (error) {
      desk.isReachable = false;
      wait = Math.min(LONGEST_WAIT, wait * 1.5);
      if (!(error instanceof NoNetwork)) throw error;
    } finally {
      isRunning = false;
      timer = setTimeout(run, wait);
      onChange();
    }
  };

  const soon = () => {
    wait = PULSE;
    return run();
  };
  addEventListener("online", soon);
  addEventListener("offline", () => {
    desk.isReachable = false;
    onChange();
  });
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && soon());
  return { run: soon };
};
