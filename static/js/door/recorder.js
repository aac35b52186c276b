// Recording: a scan becomes an event that is kept first, then sent; the verdict is the server's where it answers in
// time, and otherwise this device's own, which is only "menunggu kirim".

import { NoNetwork, Refused, TIMEOUT, sendEvents } from "./api.js";
import { judge } from "./verdicts.js";

const UNDO_TIME = 2 * 60 * 1000;
// The others changed nothing that could be taken back.
const UNDOABLE = new Set(["present", "represented", "declined", "other_session", "left", "walk_in"]);

export const makeRecorder = (desk, queue, { onReached, onLost }) => {
  const makeEvent = async (kind, fields, shown) => {
    const now = Date.now();
    const event = {
      uid: crypto.randomUUID(),
      seq: await queue.nextNumber(desk.id),
      kind,
      session: desk.session.id,
      code: "",
      hash: "",
      person: null,
      device_at: new Date(now).toISOString(),
      skew_ms: desk.skew,
      companions: 0,
      undoes: null,
      name: "",
      unit: "",
      place: "",
      shown,
      offline: true,
      ...fields,
    };
    // For this device's own reckoning; the server reckons it itself.
    return { event, at: now };
  };

  // Returns { entry, isVerified, isSaved, result }; result is the server's, or null.
  const keepAndSend = async (entry) => {
    let isSaved = await queue.keep(entry);
    desk.changed();
    if (!desk.isReachable || !desk.token) return { entry, isVerified: false, isSaved, result: null };
    queue.flying.add(entry.uid);
    try {
      const { data } = await sendEvents(desk.token, [{ ...entry.event, offline: false }], TIMEOUT);
      const result = data.results.find(({ uid }) => uid === entry.uid);
      if (!result) throw new NoNetwork("no result");
      Object.assign(entry, { state: "sent", result });
      await queue.keep(entry);
      isSaved = true;
      desk.takeResult(entry.event, result);
      onReached();
      return { entry, isVerified: true, isSaved, result };
    } catch (error) {
      if (!(error instanceof NoNetwork) && !(error instanceof Refused)) throw error;
      // A refusal is settled by the next upload, which knows what each kind of it means.
      onLost(error);
      return { entry, isVerified: false, isSaved, result: null };
    } finally {
      queue.flying.delete(entry.uid);
    }
  };

  return {
    // scan: { code } | { hash } | { person: id }
    scan: async (scan, companions) => {
      const { index, session, mode } = desk;
      const local = judge({ index, presence: desk.presence(), scan, session, kind: mode });
      const fields = { code: scan.code ?? "", hash: scan.hash ?? "", person: scan.person ?? null };
      const made = await makeEvent(mode, { ...fields, companions: mode === "in" ? companions : 0 }, local.verdict);
      const entry = {
        uid: made.event.uid,
        desk: desk.id,
        state: "waiting",
        event: made.event,
        person: local.person?.id ?? null,
        name: local.person?.name ?? "",
        shown: local.verdict,
        at: made.at,
        result: null,
      };
      return { local, ...(await keepAndSend(entry)) };
    },

    walkIn: async ({ name, unit, place }, companions) => {
      const made = await makeEvent("walk_in", { name, unit, place, companions }, "walk_in");
      const entry = { uid: made.event.uid, desk: desk.id, state: "waiting", event: made.event, person: null, name };
      Object.assign(entry, { shown: "walk_in", at: made.at, result: null });
      return { local: { verdict: "walk_in", person: null }, ...(await keepAndSend(entry)) };
    },

    // How long an entry may still be taken back (ms); 0 where it may not.
    undoTime: (entry) => {
      if (entry.undone || entry.state === "stuck" || !UNDOABLE.has(entry.result?.verdict ?? entry.shown)) return 0;
      return Math.max(0, entry.at + UNDO_TIME - Date.now());
    },

    undo: async (undone) => {
      const made = await makeEvent("undo", { undoes: undone.uid, session: undone.event.session }, "undone");
      const person = undone.result?.person ?? undone.person;
      const entry = { uid: made.event.uid, desk: desk.id, state: "waiting", event: made.event, person };
      Object.assign(entry, { name: undone.name, shown: "undone", at: made.at, result: null });
      undone.undone = true;
      await queue.keep(undone);
      const known = desk.index?.byId.get(person) ?? null;
      return { local: { verdict: "undone", person: known }, ...(await keepAndSend(entry)) };
    },
  };
};
