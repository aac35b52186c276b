// The verdict over the whole screen: shape, colour, word, who, and what to do next; spoken by screen readers too.

import { byId, say } from "./elements.js";
import { WORDS, detailOf, toneOf } from "./verdicts.js";

// A green one makes room for the next person by itself; the others stay until somebody has seen them.
const STAYS = 2500;
const NOT_SAVED = "Memori perangkat penuh. Catatan ini hanya ada di layar: jangan tutup halaman sebelum terkirim.";
const KEPT = {
  left: "Tercatat keluar di perangkat ini.",
  walk_in: "Tamu tercatat di perangkat ini.",
  undone: "Pembatalan tercatat di perangkat ini.",
};

// As large as its longest part lets it be.
const sizeOf = (word) => {
  const longest = Math.max(...word.split(" ").map((part) => part.length));
  return longest <= 6 ? "short" : longest <= 9 ? "medium" : "long";
};

// What a recording comes to on the screen: { tone, word, person, name, detail, badge }.
export const verdictOf = ({ entry, local, isVerified, isSaved, result, ended }, time) => {
  const verdict = isVerified ? result.verdict : local.verdict;
  const { person } = local;
  const companions = entry.event.companions ? `Pendamping: ${entry.event.companions}.` : "";
  const detail = isVerified ? result.sentence : detailOf(local, time);
  const common = { person, name: (isVerified && result.name) || person?.name || entry.name };
  const details = [detail, companions].filter(Boolean).join(" ");
  const tone = toneOf(verdict, person);
  if (isVerified) return { ...common, tone, word: WORDS[verdict] ?? WORDS.refused, detail: details, badge: "" };
  if (ended) return { ...common, tone: "bad", word: "Belum terkirim", detail: ended, badge: "" };
  if (!isSaved) return { ...common, tone: "bad", word: "Belum tersimpan", detail: NOT_SAVED, badge: "Menunggu kirim" };
  const badge = "Menunggu kirim, belum diperiksa server";
  if (tone !== "good") return { ...common, tone, word: WORDS[verdict], detail: details, badge };
  // Never the word of a verified one alone.
  const kept = KEPT[verdict] ?? `Menurut daftar di perangkat ini: ${WORDS[verdict].toLowerCase()}.`;
  return { ...common, tone: "waiting", word: "Menunggu kirim", detail: [kept, details].join(" ").trim(), badge: "" };
};

export const makeVerdictScreen = (signals, { onOpen, onClose }) => {
  const screen = byId("verdict");
  let timer = 0;
  let before = null;
  let undo = null;

  const close = () => {
    if (screen.hidden) return;
    clearTimeout(timer);
    screen.hidden = true;
    byId("desk").inert = false;
    before?.focus?.();
    onClose();
  };

  const open = ({ tone, word, person, name, detail, badge }) => {
    clearTimeout(timer);
    if (screen.hidden) before = document.activeElement;
    screen.dataset.tone = tone;
    byId("verdict-shape").setAttribute("href", `#shape-${tone}`);
    byId("verdict-word").textContent = word;
    byId("verdict-word").className = `word ${sizeOf(word)}`;
    byId("verdict-name").textContent = name ?? "";
    byId("verdict-place").textContent = person ? `${person.rt} · ${person.village}` : "";
    byId("verdict-detail").textContent = detail ?? "";
    say(byId("verdict-badge"), badge ?? "");
    screen.hidden = false;
    byId("desk").inert = true;
    onOpen();
  };

  byId("verdict-next").addEventListener("click", close);
  const isAnswered = () => !byId("verdict-next").hidden;
  screen.addEventListener("click", ({ target }) => !target.closest("button") && isAnswered() && close());
  screen.addEventListener("keydown", ({ key }) => {
    // A hand scanner types the next code right away: it goes into the field that this one came from.
    const types = before?.id === "code" && /^[\p{L}\p{N}]$/u.test(key);
    if (isAnswered() && (key === "Escape" || types)) close();
  });
  byId("verdict-undo").addEventListener("click", () => undo?.());

  return {
    close,
    isOpen: () => !screen.hidden,
    asking: (name) => {
      undo = null;
      byId("verdict-undo").hidden = byId("verdict-next").hidden = true;
      open({ tone: "asking", word: "Memeriksa…", name });
    },
    // `onUndo` null where it cannot be taken back.
    show: (verdict, onUndo) => {
      undo = onUndo;
      open(verdict);
      byId("verdict-next").hidden = false;
      byId("verdict-undo").hidden = !onUndo;
      byId("verdict-next").focus();
      const { tone, word, name, person, detail, badge } = verdict;
      const place = person ? `${person.rt}, ${person.village}` : "";
      byId("announcement").textContent = [word, name, place, detail, badge].filter(Boolean).join(". ");
      signals.give(tone);
      if (tone === "good" || tone === "waiting") timer = setTimeout(close, STAYS);
    },
  };
};
