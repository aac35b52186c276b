// What this device says to a scan by itself. The server's verdict, where it can be asked, replaces it.

import { keyOf } from "./presence.js";

export const WORDS = {
  present: "Hadir",
  represented: "Diwakili",
  declined: "Berhalangan, tetapi datang",
  already: "Sudah hadir",
  left: "Keluar",
  other_session: "Sesi lain",
  wave_closed: "Gelombang tutup",
  wrong_wave: "Salah gelombang",
  unknown: "Tidak dikenal",
  revoked: "Dicabut",
  walk_in: "Tamu dicatat",
  undone: "Dibatalkan",
  refused: "Ditolak",
};
const GOOD = new Set(["present", "represented", "left", "walk_in", "undone"]);
const CARE = new Set(["already", "declined", "other_session"]);

export const toneOf = (verdict, person) => {
  if (verdict === "represented" && !substituteIsFine(person)) return "care";
  if (GOOD.has(verdict)) return "good";
  return CARE.has(verdict) ? "care" : "bad";
};

const substituteIsFine = (person) =>
  !person || (!person.needs_letter && ["", "approved"].includes(person.substitute_state ?? ""));

// Looking people up by what is on their pass.
export const indexOf = (list) => {
  const index = { byId: new Map(), byCode: new Map(), byHash: new Map(), retired: new Set(), elsewhere: new Map() };
  for (const person of list.people) {
    index.byId.set(person.id, person);
    if (person.code) index.byCode.set(person.code, person);
    // Who has no pass any more is found by name only.
    if (person.hash) index.byHash.set(person.hash, person);
  }
  for (const { code, hash } of list.retired) {
    if (code) index.retired.add(code);
    index.retired.add(hash);
  }
  for (const { code, hash, wave } of list.elsewhere) {
    if (code) index.elsewhere.set(code, wave);
    index.elsewhere.set(hash, wave);
  }
  return index;
};

// scan: { code } | { hash } | { person }. Returns { verdict, person, before, wave }.
export const judge = ({ index, presence, scan, session, kind }) => {
  const mark = scan.code || scan.hash;
  const person = scan.person
    ? index.byId.get(scan.person)
    : ((scan.code ? index.byCode.get(scan.code) : index.byHash.get(scan.hash)) ?? null);
  if (!person) {
    if (index.retired.has(mark)) return { verdict: "revoked", person: null };
    if (index.elsewhere.has(mark)) return { verdict: "wrong_wave", person: null, wave: index.elsewhere.get(mark) };
    return { verdict: "unknown", person: null };
  }
  const before = presence.get(keyOf(session.id, person.id));
  if (kind === "out") return { verdict: before ? "left" : "refused", person, before };
  if (before && !before.left) return { verdict: "already", person, before };
  if (session.group && person.group && session.group !== person.group) return { verdict: "other_session", person };
  if (person.answer === "represented") return { verdict: "represented", person };
  return { verdict: person.answer === "declined" ? "declined" : "present", person };
};

// The line below the word; `time` says an instant ("08.12 WITA").
export const detailOf = ({ verdict, person, before, wave }, time) => {
  if (verdict === "already" && before) {
    const waiting = before.waiting ? ", menunggu kirim" : "";
    return `Sudah tercatat ${time(before.at)} di ${before.desk || "meja ini"}${waiting}.`;
  }
  if (verdict === "represented") {
    const parts = [`Diwakili oleh ${person.substitute}.`];
    if (person.substitute_state === "pending") parts.push("Wakil belum disetujui.");
    if (person.substitute_state === "refused") parts.push("Wakil ini ditolak.");
    if (person.needs_letter) parts.push("Minta surat tugasnya.");
    return parts.join(" ");
  }
  if (verdict === "wrong_wave") return `Terdaftar pada ${wave}.`;
  if (verdict === "other_session") return `Terdaftar pada ${person.group}; tetap dicatat di sesi ini.`;
  return (
    {
      declined: "Menjawab berhalangan, sekarang datang.",
      unknown: "Kode ini tidak ada pada daftar. Cari namanya, atau catat sebagai tamu.",
      revoked: "Pas ini sudah diganti atau dicabut. Cari namanya.",
      refused: "Belum tercatat masuk, jadi keluarnya menunggu pemeriksaan petugas.",
    }[verdict] ?? ""
  );
};
