// Row codes typed from a signed sheet with the numeric keypad alone: each shows its name at once, a wrong one its
// sentence. Enter on the empty field goes to the save button. Without this the page checks the codes by a button.

const form = document.querySelector("[data-paper]");
if (form) {
  const names = JSON.parse(document.getElementById("nama-baris").textContent);
  const known = new Map(Object.keys(names).map((code) => [code.replace("-", ""), code]));
  const all = form.elements.kode;
  const field = document.getElementById("kode-satu");
  const list = form.querySelector("[data-typed]");
  const said = form.querySelector("[data-said]");
  const save = form.querySelector("[data-save]");
  const total = Number(save.dataset.total);
  const count = new Intl.NumberFormat("id-ID");
  // In the order of typing, without the dash.
  const typed = new Set();
  let isSaved = true;

  const rowOf = (code) => Number(code.slice(0, -1));
  const half = () => form.elements.yang.value;
  const say = (words, isWrong) => {
    said.textContent = words;
    said.classList.toggle("is-wrong", isWrong);
    if (isWrong) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  };
  // What the server needs to see: the codes, and that their names were shown.
  const write = () => {
    isSaved = false;
    const codes = [...typed].sort((one, other) => rowOf(one) - rowOf(other)).map((code) => known.get(code));
    all.value = codes.join("\n");
    form.elements.terlihat.value = `${half()} ${codes.join(" ")}`.trim();
    const signed = half() === "ya" ? typed.size : total - typed.size;
    save.textContent = `Simpan: ${count.format(signed)} tanda tangan, ${count.format(total - signed)} tidak`;
  };
  const add = (code) => {
    const line = document.createElement("li");
    const shown = document.createElement("strong");
    shown.textContent = known.get(code);
    const remove = document.createElement("button");
    remove.type = "button";
    remove.className = "btn btn-sm btn-link";
    remove.textContent = "Hapus";
    remove.setAttribute("aria-label", `Hapus ${known.get(code)} ${names[known.get(code)]}`);
    remove.addEventListener("click", () => {
      typed.delete(code);
      line.remove();
      write();
      say(`${known.get(code)} dihapus. ${count.format(typed.size)} kode.`, false);
      field.focus();
    });
    line.append(shown, ` ${names[known.get(code)]} `, remove);
    // The newest stands right below the field, where the eye is.
    list.prepend(line);
    typed.add(code);
  };
  const sentenceOf = (word) => {
    if (!/^[0-9-‐‑‒–—−]+$/.test(word)) return `“${word}” bukan kode baris. Kode baris hanya angka, misalnya 17-4.`;
    if (word.length < 2) return `“${word}” kurang satu angka. Ketik juga angka setelah tanda hubung, misalnya 17-4.`;
    return `“${word}” tidak ada pada lembar sesi ini: mungkin salah ketik. Lihat lagi lembarnya.`;
  };
  // Takes the codes; the first wrong one stays in the field, selected, with all that follows it.
  const take = (text) => {
    const words = text.split(/[\s,;]+/).filter(Boolean);
    while (words.length) {
      const code = words[0].replace(/^(\d+)[-‐‑‒–—−](\d)$/, "$1$2");
      if (!known.has(code)) {
        field.value = words.join(" ");
        field.select();
        say(sentenceOf(words[0]), true);
        break;
      }
      const isNew = !typed.has(code);
      if (isNew) add(code);
      const name = `${known.get(code)} ${names[known.get(code)]}`;
      say(isNew ? `${name}. ${count.format(typed.size)} kode.` : `${name} sudah diketik.`, false);
      words.shift();
      field.value = "";
    }
    write();
  };

  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    if (field.value.trim()) take(field.value);
    else save.focus();
  });
  field.addEventListener("input", () => {
    if (/[\s,;]/.test(field.value)) take(field.value);
    else if (field.hasAttribute("aria-invalid")) say("", false);
  });
  form.addEventListener("change", write);
  form.addEventListener("submit", (event) => {
    // What still stands in the field is typed too.
    if (field.value.trim()) take(field.value);
    if (field.value) {
      event.preventDefault();
      field.focus();
    } else {
      isSaved = true;
    }
  });
  // Forty codes are minutes of work.
  window.addEventListener("beforeunload", (event) => {
    if (!isSaved) event.preventDefault();
  });

  const before = all.value;
  list.replaceChildren();
  form.querySelector("[data-plain]").hidden = true;
  form.querySelector("[data-check]").hidden = true;
  form.querySelector("[data-checked]")?.remove();
  for (const part of form.querySelectorAll("[data-keys]")) part.hidden = false;
  save.hidden = false;
  take(before);
  isSaved = true;
  if (!field.value) say("", false);
  field.focus({ preventScroll: true });
  field.scrollIntoView({ block: "center" });
}
