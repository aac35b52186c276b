// What was recorded, what needs a look, how many are here, and how the connection is.

import { dateIn, sessionAt, spanWords } from "./clock.js";
import { showCode } from "./codes.js";
import { byId, make, shape } from "./elements.js";
import { WORDS, toneOf } from "./verdicts.js";

const RECENT = 20;
// From here on the clock is worth a word.
const CLOCK_OFF = 5 * 60 * 1000;
// Nobody comes earlier before a wave, or stays longer after it; the portal reckons the same.
const MARGIN = 12 * 3600 * 1000;

export const whoIn = (entry) =>
  entry.result?.name || entry.name || showCode(entry.event.code) || "Pas yang tidak dikenal";

// { tone, words } of an entry as the lists show it.
export const stateOf = (entry) => {
  if (entry.state === "stuck") return { tone: "bad", words: "Tidak terkirim" };
  if (entry.state === "waiting") {
    const what = WORDS[entry.shown].toLowerCase();
    return { tone: "waiting", words: entry.shown === "present" ? "Menunggu kirim" : `Menunggu kirim: ${what}` };
  }
  return { tone: toneOf(entry.result.verdict), words: WORDS[entry.result.verdict] ?? WORDS.refused };
};

const row = (entry, time, ...more) => {
  const { tone, words } = stateOf(entry);
  const state = make("span", { class: `state ${tone}` }, shape(tone), words);
  const when = make("span", { class: "when" }, time(entry.at + entry.event.skew_ms));
  return make("li", {}, make("span", { class: "who" }, whoIn(entry)), when, state, ...more);
};

export const makeLists = (desk, queue, recorder, { time, onUndo }) => {
  const button = (words, label, action) => {
    const made = make("button", { type: "button", class: "button small", "aria-label": label }, words);
    made.addEventListener("click", action);
    return made;
  };

  // Made anew only where something changed: a button that somebody is about to press stays the same button.
  const drawn = new Map();
  const draw = (id, entries, makeRow) => {
    const factsOf = (one) => [one.uid, one.state, one.undone, one.result?.verdict, recorder.undoTime(one) > 0];
    const now = JSON.stringify(entries.map(factsOf));
    if (drawn.get(id) === now) return;
    drawn.set(id, now);
    byId(id).replaceChildren(...entries.map(makeRow));
  };

  const showRecent = () => {
    const rows = queue.of(desk.id).filter(({ event }) => event.kind !== "undo");
    const newest = rows.slice(-RECENT).reverse();
    byId("recent-none").hidden = newest.length > 0;
    draw("recent-list", newest, (entry) => {
      if (entry.undone) return row(entry, time(), make("span", { class: "note" }, "dibatalkan"));
      const mayUndo = recorder.undoTime(entry) > 0;
      const undo = () => onUndo(entry);
      return row(entry, time(), ...(mayUndo ? [button("Batalkan", `Batalkan ${whoIn(entry)}`, undo)] : []));
    });
  };

  const showAttention = () => {
    const differing = queue.of(desk.id, "sent").filter((one) => one.differs && !one.isSeen);
    const all = [...queue.stuck(), ...differing];
    byId("attention").hidden = !all.length;
    draw("attention-list", all, (entry) => {
      if (entry.state === "stuck") {
        const copied = () => queue.drop(entry).then(desk.changed);
        const why = make("span", { class: "note" }, `${entry.sentence} Salin ke kertas untuk petugas.`);
        return row(entry, time(), why, button("Sudah disalin", `Sudah disalin: ${whoIn(entry)}`, copied));
      }
      const before = `Tampil di meja: ${WORDS[entry.shown].toLowerCase()}. `;
      const seen = () => queue.keep(Object.assign(entry, { isSeen: true })).then(desk.changed);
      const note = make("span", { class: "note" }, before + (entry.result.sentence || WORDS[entry.result.verdict]));
      return row(entry, time(), note, button("Sudah dilihat", `Sudah dilihat: ${whoIn(entry)}`, seen));
    });
  };

  const showCounts = () => {
    const here = desk.presentIn(desk.session).toLocaleString("id-ID");
    const expected = desk.list.people.length.toLocaleString("id-ID");
    byId("counts").replaceChildren(make("strong", {}, here), ` hadir dari ${expected} dalam daftar`);
  };

  const bannersNow = (waiting) => {
    const banners = [];
    const { wave } = desk.list;
    const [begin, end] = [Date.parse(wave.starts_at) - MARGIN, Date.parse(wave.ends_at) + MARGIN];
    if (desk.now() < begin || desk.now() > end) {
      banners.push(`Gelombang ini berlangsung ${dateIn(wave)(wave.starts_at)}, bukan sekarang.`);
    }
    const { session } = desk;
    const due = sessionAt(desk.list.sessions, desk.now());
    if (due.id !== session.id && !session.group && desk.now() > Date.parse(session.ends_at)) {
      banners.push(`Sesi “${session.title}” sudah selesai. Pilih “${due.title}” bila pintu untuk sesi itu.`);
    }
    if (!desk.isReachable) {
      const seats = wave.seats === null ? "" : wave.seats.toLocaleString("id-ID");
      const warning = ` Batas ${seats} kursi tidak dapat dijaga: hitung kursi di dalam ruangan.`;
      const kept = "Tanpa jaringan. Catatan disimpan di perangkat ini dan dikirim nanti; meja lain belum tahu.";
      banners.push(kept + (seats && warning));
    }
    if (queue.unsaved()) {
      const count = `${queue.unsaved()} catatan hanya ada di layar ini`;
      banners.push(`Memori perangkat penuh: ${count}. Jangan tutup halaman sebelum semuanya terkirim.`);
    }
    if (!desk.isListSaved) {
      banners.push("Daftar tidak tersimpan di perangkat ini: halaman tidak dapat dibuka tanpa jaringan.");
    }
    if (desk.isSkewKnown && Math.abs(desk.skew) > CLOCK_OFF) {
      const span = spanWords(desk.skew);
      banners.push(`Jam perangkat ini berselisih ${span} dari server. Waktu catatan sudah disesuaikan.`);
    }
    if (waiting && desk.isReachable) banners.push(`${waiting} catatan sedang dikirim.`);
    return banners;
  };

  let banners = "";
  const showConnection = () => {
    const waiting = queue.of(desk.id, "waiting").length;
    const words = [desk.isReachable ? "Tersambung" : "Tanpa jaringan"];
    if (waiting) words.push(`${waiting} menunggu kirim`);
    const chip = byId("connection");
    chip.dataset.tone = desk.isReachable && !waiting ? "good" : "waiting";
    if (chip.textContent !== words.join(" · ")) {
      chip.replaceChildren(shape(desk.isReachable ? "good" : "care"), words.join(" · "));
    }
    const now = bannersNow(waiting);
    // Said once by screen readers, not at each pulse.
    if (banners !== now.join("\n")) byId("banners").replaceChildren(...now.map((text) => make("p", {}, text)));
    banners = now.join("\n");
  };

  return {
    show: () => {
      showConnection();
      showCounts();
      showAttention();
      showRecent();
    },
  };
};
