// Choosing areas: finding one while typing, and ticking all that are shown. The form works without it.

for (const picker of document.querySelectorAll("[data-area-picker]")) {
  const search = picker.querySelector("[data-area-search]");
  const all = picker.querySelector("[data-area-all]");
  const found = picker.querySelector("[data-area-found]");
  const lines = [...picker.querySelectorAll("[data-name]")];
  const boxes = () =>
    lines.filter((line) => !line.hidden).map((line) => line.querySelector("input")).filter((box) => !box.disabled);

  const sayAll = () => {
    const shown = boxes();
    const isFull = shown.length > 0 && shown.every((box) => box.checked);
    all.textContent = isFull ? "Kosongkan pilihan" : "Pilih semua";
    all.disabled = shown.length === 0;
    return isFull;
  };

  search.hidden = false;
  // The sum follows every tick by itself.
  picker.querySelector("[data-area-count]").hidden = true;
  search.addEventListener("input", () => {
    const words = search.value.trim().toLowerCase();
    for (const line of lines) line.hidden = !line.dataset.name.includes(words);
    const count = lines.filter((line) => !line.hidden).length;
    found.textContent = words ? `${count} ditemukan` : "";
    sayAll();
  });
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  // The search is no part of what the form asks: its own change must not count anew.
  search.addEventListener("change", (event) => event.stopPropagation());
  all.addEventListener("click", (event) => {
    event.preventDefault();
    const isFull = sayAll();
    for (const box of boxes()) box.checked = !isFull;
    picker.dispatchEvent(new Event("change", { bubbles: true }));
  });
  picker.addEventListener("change", sayAll);
  sayAll();
}
