// The desk (meja) this device is: its link, its list, what it recorded. Everything on the screen follows from here.

import { hashOf } from "./codes.js";
import { sessionAt } from "./clock.js";
import { applyChanges, applyResult, readPresent, withWaiting } from "./presence.js";
import { makeSearch } from "./search.js";
import { indexOf } from "./verdicts.js";

// After this the server takes no scan of an expired desk any more.
export const GRACE = 7 * 24 * 3600 * 1000;

export const openDesk = async (vault, queue, onChange) => {
  const desk = {
    id: "",
    token: "",
    list: null,
    session: null,
    mode: "in",
    skew: 0,
    isSkewKnown: false,
    isReachable: false,
    // A sentence of the server, or of the calendar, that ends this desk's work.
    ended: "",
    index: null,
    search: null,
  };
  let base = new Map();
  let shown = null;

  const changed = () => {
    shown = null;
    onChange();
  };
  const now = () => Date.now() + desk.skew;

  // The list may stay unsaved where memory is full; the page then works until it is closed.
  const saveList = async () => {
    const { id, list, etag, since } = desk;
    try {
      await vault.put("lists", { id }, { list, etag, since, base: [...base] });
      desk.isListSaved = true;
      // It ended, or was left, while its list was being sealed.
      if (!desk.list) await vault.remove("lists", id);
    } catch {
      desk.isListSaved = false;
    }
  };
  let timer = 0;
  const saveSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => desk.list && saveList(), 1000);
  };

  const show = (list) => {
    desk.list = list;
    desk.index = indexOf(list);
    desk.search = makeSearch(list.people);
    const wanted = desk.session?.id ?? desk.wantedSession;
    desk.session = list.sessions.find(({ id }) => id === wanted) ?? sessionAt(list.sessions, now());
  };

  const isOver = () => desk.list && now() >= Date.parse(desk.list.device.expires_at);

  // Wipes the list at once, and the token as soon as nothing needs it to be sent.
  const end = async (sentence) => {
    if (desk.ended !== sentence) {
      desk.ended = sentence;
      desk.list = desk.index = desk.search = null;
      base = new Map();
      clearTimeout(timer);
      await vault.remove("lists", desk.id).catch(() => {});
      await vault.keepSetting(`ended:${desk.id}`, sentence).catch(() => {});
      await queue.forgetSent(desk.id);
    }
    if (!queue.of(desk.id, "waiting").length) {
      desk.token = "";
      await vault.remove("desks", desk.id).catch(() => {});
    }
    changed();
  };

  Object.assign(desk, {
    changed,
    now,
    end,

    // Opens the desk of a token (new or known), or the one used last for "". False where there is none.
    open: async (token = "") => {
      const id = token ? await hashOf(token) : ((await vault.setting("desk")) ?? "");
      if (!id) return false;
      if (token) {
        await vault.put("desks", { id }, { token }).catch(() => {});
        await vault.keepSetting("desk", id).catch(() => {});
        await vault.keepSetting(`ended:${id}`, "").catch(() => {});
      }
      base = new Map();
      const known = token ? null : await vault.get("desks", id);
      const kept = await vault.get("lists", id).catch(() => null);
      const clock = await vault.setting("skew");
      Object.assign(desk, { id, token: token || known?.content.token || "", session: null, list: null });
      Object.assign(desk, { skew: clock ?? 0, isSkewKnown: clock !== undefined, isListSaved: Boolean(kept) });
      desk.ended = (await vault.setting(`ended:${id}`)) ?? "";
      desk.wantedSession = await vault.setting(`session:${id}`);
      if (kept && !desk.ended) {
        base = new Map(kept.content.base);
        Object.assign(desk, { etag: kept.content.etag, since: kept.content.since });
        show(kept.content.list);
      }
      await desk.checkExpiry();
      changed();
      return Boolean(desk.token || desk.ended || queue.of(id).length);
    },

    checkExpiry: async () => {
      if (isOver()) await end("Masa berlaku meja ini sudah habis. Daftar peserta sudah dihapus dari perangkat ini.");
      else if (desk.ended && desk.token) await end(desk.ended);
    },

    // A device is one desk at a time: of earlier ones only what still waits stays, and the token that sends it.
    forgetOthers: async () => {
      for (const id of await vault.idsIn("lists")) if (id !== desk.id) await vault.remove("lists", id);
      for (const id of await vault.idsIn("desks")) {
        if (id === desk.id || queue.of(id, "waiting").length) continue;
        await queue.forgetSent(id);
        await vault.remove("desks", id);
      }
    },

    takeList: async (list, etag) => {
      base = readPresent(list.present);
      Object.assign(desk, { etag, since: list.server_at, ended: "" });
      show(list);
      await desk.checkExpiry();
      if (desk.list) await saveList();
      changed();
    },

    takeChanges: (changes, since) => {
      applyChanges(base, changes);
      desk.since = since;
      if (changes.length) changed();
      saveSoon();
    },

    takeResult: (event, result) => {
      applyResult(base, event, result);
      saveSoon();
      changed();
    },

    takeSkew: (skew) => {
      if (desk.isSkewKnown && Math.abs(skew - desk.skew) < 500) return;
      Object.assign(desk, { skew, isSkewKnown: true });
      vault.keepSetting("skew", skew).catch(() => {});
    },

    presence: () => (shown ??= withWaiting(base, queue.of(desk.id, "waiting"), desk.list?.device.name ?? "")),

    presentIn: (session) => {
      let count = 0;
      for (const [key, { left }] of desk.presence()) if (key.startsWith(`${session.id}/`) && !left) count += 1;
      return count;
    },

    chooseSession: (id) => {
      desk.session = desk.list.sessions.find((one) => one.id === id) ?? desk.session;
      vault.keepSetting(`session:${desk.id}`, desk.session.id).catch(() => {});
      changed();
    },

    tokenOf: async (id) => (id === desk.id ? desk.token : ((await vault.get("desks", id))?.content.token ?? "")),

    // Forgets this desk. The screen offers it only when nothing waits.
    leave: async () => {
      // First of all: what is still to be saved, or on its way, is not kept any more.
      clearTimeout(timer);
      Object.assign(desk, { token: "", list: null, index: null, search: null });
      await vault.remove("lists", desk.id).catch(() => {});
      await vault.remove("desks", desk.id).catch(() => {});
      await queue.forgetSent(desk.id);
      await vault.keepSetting("desk", "").catch(() => {});
    },
  });
  return desk;
};
