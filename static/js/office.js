// Small help on every page for officials. Without it all pages still work.

// An open menu closes on a click beside it and on Escape, which gives the focus back.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// On a phone rows of tabs scroll: the present one shall be in sight.
for (const row of document.querySelectorAll(".tabs, .door-links")) {
  const here = row.querySelector("[aria-current]");
  if (here) row.scrollLeft += here.getBoundingClientRect().left - row.getBoundingClientRect().left - row.clientWidth / 3;
}

// After a refused form the reader starts at the list of what to mend.
document.querySelector(".error-summary")?.focus();

// A part of the page that could not be fetched says so instead of standing still.
const line = document.getElementById("pemberitahuan");
const say = (sentence) => {
  if (line) line.textContent = sentence;
};
document.addEventListener("htmx:sendError", () => say("Sambungan terputus. Halaman ini belum diperbarui."));
document.addEventListener("htmx:responseError", () => say("Bagian halaman ini belum dapat dimuat. Muat ulang halaman."));
document.addEventListener("htmx:afterOnLoad", () => say(""));
