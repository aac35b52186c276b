// The timetable of an agenda: sessions are dragged, stretched and swapped by mouse, or moved with the keys on their grip.
// Every change is sent to the forms' own addresses; the answer is the new timetable. Without this the forms do it all.

const STEP = 5;
const LAST_MINUTE = 24 * 60 - STEP;
// How long the keys must rest before the move is sent.
const REST = 700;

const board = () => document.getElementById("papan");
const say = (words) => {
  document.getElementById("agenda-kabar").textContent = words;
};
const clamp = (number, least, most) => Math.min(Math.max(number, least), most);
const snap = (minutes) => Math.round(minutes / STEP) * STEP;
const clock = (minutes, mark) =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}${mark}${String(minutes % 60).padStart(2, "0")}`;

// Where a session is: day, minutes after midnight, room. The page's data say it; `show` only pictures another place.

const headsOf = (inside) => [...inside.closest(".agenda-sheet").querySelectorAll(".agenda-rooms [data-room]")];
const roomsOf = (card) => headsOf(card).map((head) => head.dataset.room);
const roomName = (card, room) => headsOf(card).find((head) => head.dataset.room === room)?.textContent ?? room;
const placeOf = (card) => ({
  day: card.closest(".agenda-grid").dataset.day,
  begins: Number(card.dataset.begins),
  ends: Number(card.dataset.ends),
  room: card.dataset.room,
});
const isSame = (one, other) => Object.keys(one).every((key) => one[key] === other[key]);
const inWords = (card, place) =>
  `${card.dataset.title}: ${clock(place.begins, ".")}–${clock(place.ends, ".")}, ${roomName(card, place.room)}`;

const homes = new WeakMap();
const show = (card, place) => {
  if (!homes.has(card)) homes.set(card, { parent: card.parentElement, next: card.nextElementSibling });
  const grid = document.querySelector(`.agenda-grid[data-day="${place.day}"]`);
  if (!grid.contains(card)) grid.querySelector("ol").append(card);
  const begins = Math.floor(place.begins / STEP) * STEP;
  const ends = Math.ceil(place.ends / STEP) * STEP;
  const numbers = {
    "--fh": Math.floor(begins / 60),
    "--fm": begins % 60,
    "--th": Math.floor(ends / 60),
    "--tm": ends % 60,
    "--col": roomsOf(card).indexOf(place.room) + 1 || roomsOf(card).length,
    "--lane": 0,
    "--of": 1,
  };
  for (const [name, number] of Object.entries(numbers)) card.style.setProperty(name, number);
  card.classList.add("is-moving");
};
const restore = (card) => {
  card.removeAttribute("style");
  card.classList.remove("is-moving");
  const home = homes.get(card);
  if (home && card.parentElement !== home.parent) home.parent.insertBefore(card, home.next);
  homes.delete(card);
};

// Sending

let isBusy = false;
const waiting = [];

const send = async (card, address, values) => {
  isBusy = true;
  const focused = document.activeElement?.id;
  try {
    await htmx.ajax("POST", address, { source: card, target: "#papan", swap: "outerHTML", values });
  } catch {
    // The page's own line says that the connection broke.
  }
  isBusy = false;
  if (document.contains(card)) {
    restore(card);
    say("Belum tersimpan. Coba lagi.");
  } else {
    say(board().dataset.said ?? "");
  }
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  while (waiting.length && !isBusy) press(...waiting.shift());
};
const sendMove = (card, place) => {
  if (isSame(place, placeOf(card))) return restore(card);
  const values = { ...place, begins: clock(place.begins, ":"), ends: clock(place.ends, ":"), version: card.dataset.version };
  return send(card, card.dataset.move, values);
};
const sendSwap = (card, other) => {
  const values = { version: card.dataset.version, other: `${other.id.slice(5)}:${other.dataset.version}` };
  return send(card, card.dataset.swap, values);
};

// Keys on a session's grip. What they do is pictured at once and sent when they rest.

let pending = null;

const commit = () => {
  if (!pending) return;
  const { card, place, timer } = pending;
  clearTimeout(timer);
  pending = null;
  sendMove(card, place);
};
const giveUp = () => {
  if (!pending) return;
  clearTimeout(pending.timer);
  restore(pending.card);
  say(`Batal. ${inWords(pending.card, placeOf(pending.card))}`);
  pending = null;
};
const changed = (card, place, key, isShift) => {
  const step = { ArrowUp: -STEP, ArrowDown: STEP }[key] ?? 0;
  const rooms = roomsOf(card);
  if (isShift) {
    return { ...place, ends: clamp(place.ends + step, place.begins + STEP, LAST_MINUTE) };
  }
  if (step) {
    const begins = clamp(place.begins + step, 0, LAST_MINUTE - (place.ends - place.begins));
    return { ...place, begins, ends: begins + place.ends - place.begins };
  }
  const aside = { ArrowLeft: -1, ArrowRight: 1 }[key];
  const column = clamp(Math.max(rooms.indexOf(place.room), 0) + aside, 0, rooms.length - 1);
  return card.classList.contains("wide") ? place : { ...place, room: rooms[column] };
};
const nextOf = (card) => {
  const later = [...card.parentElement.children].slice([...card.parentElement.children].indexOf(card) + 1);
  return later.find((other) => other.dataset.room === card.dataset.room) ?? later[0];
};
function press(id, key, isShift) {
  const card = document.getElementById(id);
  if (!card) return;
  if (isBusy) {
    waiting.push([id, key, isShift]);
    return;
  }
  if (key === "Enter") return commit();
  if (key === "Escape") return giveUp();
  if (key === "t") {
    giveUp();
    const next = nextOf(card);
    if (next) sendSwap(card, next);
    else say("Tidak ada sesi berikutnya.");
    return;
  }
  if (pending && pending.card !== card) {
    commit();
    waiting.push([id, key, isShift]);
    return;
  }
  const place = changed(card, pending?.place ?? placeOf(card), key, isShift);
  clearTimeout(pending?.timer);
  show(card, place);
  say(inWords(card, place));
  pending = { card, place, timer: setTimeout(commit, REST) };
}

document.addEventListener("keydown", (event) => {
  const grip = event.target.closest?.(".session-grip");
  if (!grip || event.altKey || event.ctrlKey || event.metaKey) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (!["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Enter", "Escape", "t"].includes(key)) return;
  if (event.shiftKey && ["ArrowLeft", "ArrowRight"].includes(key)) return;
  event.preventDefault();
  press(grip.closest(".session").id, key, event.shiftKey);
});
document.addEventListener("focusout", (event) => {
  if (event.target.closest?.(".session-grip") && pending && document.contains(pending.card)) commit();
});

// Mouse and finger. A finger scrolls the page unless it holds the grip or the edge.

let drag = null;

const halt = (event) => {
  event.preventDefault();
  event.stopPropagation();
};
const gridAt = (y) =>
  [...document.querySelectorAll(".agenda-grid")].find((grid) => {
    const { top, bottom } = grid.getBoundingClientRect();
    return y >= top && y <= bottom;
  });
const minuteAt = (grid, y) => {
  const box = grid.querySelector("ol").getBoundingClientRect();
  const [first, last] = [Number(grid.dataset.first) * 60, Number(grid.dataset.last) * 60];
  return first + ((y - box.top) / box.height) * (last - first);
};
const follow = ({ clientX, clientY }) => {
  const { card, from, isEdge, offset } = drag;
  const grid = (isEdge ? card.closest(".agenda-grid") : gridAt(clientY)) ?? card.closest(".agenda-grid");
  const at = minuteAt(grid, clientY);
  if (isEdge) {
    drag.place = { ...from, ends: clamp(snap(at - offset), from.begins + STEP, LAST_MINUTE) };
  } else {
    const box = grid.querySelector("ol").getBoundingClientRect();
    const length = from.ends - from.begins;
    const begins = clamp(snap(at - offset), 0, LAST_MINUTE - length);
    const rooms = roomsOf(card);
    const column = clamp(Math.floor(((clientX - box.left) / box.width) * rooms.length), 0, rooms.length - 1);
    const room = card.classList.contains("wide") ? from.room : rooms[column];
    drag.place = { day: grid.dataset.day, begins, ends: begins + length, room };
  }
  show(card, drag.place);
  drag.target?.classList.remove("is-target");
  drag.target = isEdge
    ? null
    : document.elementsFromPoint(clientX, clientY).map((under) => under.closest(".session")).find((other) => other && other !== card);
  drag.target?.classList.add("is-target");
  if (clientY < 72) scrollBy(0, -14);
  if (clientY > innerHeight - 32) scrollBy(0, 14);
};
const stop = () => {
  const ended = drag;
  drag = null;
  ended?.target?.classList.remove("is-target");
  return ended;
};

document.addEventListener("pointerdown", (event) => {
  const card = event.target.closest?.(".session[data-move]");
  if (!card || event.button || isBusy || !matchMedia("(min-width: 62rem)").matches) return;
  const isEdge = Boolean(event.target.closest(".session-edge"));
  const isHeld = isEdge || Boolean(event.target.closest(".session-grip"));
  if (event.pointerType === "touch" ? !isHeld : event.target.closest("summary, details, button:not(.session-grip)")) return;
  commit();
  if (isBusy) return;
  const from = placeOf(card);
  // How far the pointer is from what it holds, in minutes: it stays there.
  const offset = minuteAt(card.closest(".agenda-grid"), event.clientY) - (isEdge ? from.ends : from.begins);
  drag = { card, isEdge, offset, from, x: event.clientX, y: event.clientY, isOn: false };
});
document.addEventListener("pointermove", (event) => {
  if (!drag) return;
  drag.isOn ||= Math.hypot(event.clientX - drag.x, event.clientY - drag.y) > 4;
  if (!drag.isOn) return;
  event.preventDefault();
  follow(event);
});
document.addEventListener("pointerup", () => {
  const ended = stop();
  if (!ended?.isOn) return;
  // The click that ends a drag opens nothing; it comes at once or not at all.
  addEventListener("click", halt, { capture: true, once: true });
  setTimeout(() => removeEventListener("click", halt, { capture: true }));
  if (ended.target) ask(ended);
  else sendMove(ended.card, ended.place);
});
document.addEventListener("pointercancel", () => {
  const ended = stop();
  if (ended?.isOn) restore(ended.card);
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !drag) return;
  const ended = stop();
  if (ended.isOn) restore(ended.card);
});

// An empty place, clicked twice: the form of a new session begins there.

document.addEventListener("dblclick", (event) => {
  const grid = event.target.closest?.(".agenda-grid[data-create]");
  if (!grid || event.target.closest(".session") || !matchMedia("(min-width: 62rem)").matches) return;
  const box = grid.querySelector("ol").getBoundingClientRect();
  const heads = headsOf(grid);
  const head = heads[Math.floor(((event.clientX - box.left) / box.width) * heads.length)];
  const begins = clamp(Math.floor(minuteAt(grid, event.clientY) / 15) * 15, 0, LAST_MINUTE);
  const place = { day: grid.dataset.day, begins: clock(begins, ":"), room: head?.dataset.room ?? "" };
  location.assign(`${grid.dataset.create}?${new URLSearchParams(place)}`);
});

// Dropped on another session: swap, or only move there?

const question = document.getElementById("tanya-tukar");
let asked = null;

const ask = (dropped) => {
  asked = dropped;
  const { card, target, place } = dropped;
  const where = inWords(card, place).slice(card.dataset.title.length + 2);
  question.querySelector("[data-question]").textContent =
    `“${card.dataset.title}” dilepas di atas “${target.dataset.title}”. Tukar keduanya, atau pindahkan saja ke ${where}?`;
  question.returnValue = "";
  question.showModal();
};
question?.addEventListener("click", (event) => {
  const answer = event.target.closest("[data-answer]")?.dataset.answer;
  if (answer) question.close(answer);
});
question?.addEventListener("close", () => {
  if (!asked) return;
  const { card, target, place } = asked;
  asked = null;
  if (question.returnValue === "move") return sendMove(card, place);
  restore(card);
  if (question.returnValue === "swap") sendSwap(card, target);
});

document.documentElement.classList.add("can-move");
