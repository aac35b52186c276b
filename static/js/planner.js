// Moving areas between the waves of a plan: by dragging, or with the arrow keys on an area. What it does is what the
// form does without it; the server reckons the figures.

const body = () => document.getElementById("plan-body");
const form = () => document.getElementById("plan-form");
const slots = () => [...body().querySelectorAll("[data-slot]")];
let focused = "";

const help = () => {
  for (const words of document.querySelectorAll("[data-with-script]")) words.hidden = false;
};

// Sends the form with only these areas ticked, whatever else is.
const move = (areas, slot) => {
  const sent = form();
  if (!sent || !slot) return;
  for (const box of sent.querySelectorAll("[name='wilayah']")) box.checked = areas.includes(box.value);
  const target = sent.querySelector("[name='tujuan']");
  target.value = slot;
  if (target.value === slot) sent.requestSubmit();
};

// A drag takes along whatever else is ticked.
const together = (code) => {
  const ticked = [...form().querySelectorAll("[name='wilayah']:checked")].map((box) => box.value);
  return ticked.includes(code) ? ticked : [code];
};

document.addEventListener("keydown", (event) => {
  const item = event.target.closest?.("[data-area]");
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (!item || !step || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const all = slots();
  const here = all.indexOf(item.closest("[data-slot]"));
  const there = all[here + step];
  if (!there) return;
  focused = item.dataset.area;
  move(together(focused), there.dataset.slot);
});

document.addEventListener("dragstart", (event) => {
  const item = event.target.closest?.("[data-area]");
  if (!item || !form()) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", item.dataset.area);
  item.classList.add("is-dragged");
});
document.addEventListener("dragend", () => {
  for (const element of document.querySelectorAll(".is-dragged, .is-target")) {
    element.classList.remove("is-dragged", "is-target");
  }
});
document.addEventListener("dragover", (event) => {
  const wave = event.target.closest?.("[data-slot]");
  for (const other of document.querySelectorAll(".is-target")) if (other !== wave) other.classList.remove("is-target");
  if (!wave || !document.querySelector(".is-dragged")) return;
  event.preventDefault();
  wave.classList.add("is-target");
});
document.addEventListener("drop", (event) => {
  const wave = event.target.closest?.("[data-slot]");
  const dragged = document.querySelector(".is-dragged");
  if (!wave || !dragged) return;
  event.preventDefault();
  if (dragged.closest("[data-slot]") !== wave) move(together(dragged.dataset.area), wave.dataset.slot);
});

// The area that was moved keeps the focus, so that the next arrow moves it on.
document.addEventListener("htmx:afterSettle", (event) => {
  help();
  if (event.detail.target?.id !== "plan-body" && event.detail.elt?.id !== "plan-body") return;
  const refusal = document.getElementById("plan-refusal");
  if (refusal) refusal.focus();
  else if (focused) document.getElementById(`wilayah-${focused}`)?.focus();
  focused = "";
});
help();
