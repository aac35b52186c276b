// Further empty rows in a form: a date, a rule. The form works without it, with the rows that are there.

for (const block of document.querySelectorAll("[data-more-rows]")) {
  const rows = block.querySelector("[data-rows]");
  const button = block.querySelector("[data-more]");
  const total = block.querySelector("[name$='-TOTAL_FORMS']");
  button.hidden = false;
  button.addEventListener("click", () => {
    const last = rows.lastElementChild;
    const number = rows.children.length;
    const fresh = last.cloneNode(true);
    for (const note of fresh.querySelectorAll(".invalid-feedback")) note.remove();
    for (const field of fresh.matches("input") ? [fresh] : fresh.querySelectorAll("input, select")) {
      field.classList.remove("is-invalid");
      field.removeAttribute("aria-invalid");
      field.removeAttribute("aria-describedby");
      if (field.type === "checkbox") field.checked = false;
      else field.value = "";
      const label = field.getAttribute("aria-label");
      if (label) field.setAttribute("aria-label", label.replace(/\d+/, number + 1));
    }
    // The rows of a formset are numbered: aturan-3-area stands in names, ids and labels.
    if (total) {
      for (const element of [fresh, ...fresh.querySelectorAll("*")]) {
        for (const name of ["id", "name", "for"]) {
          const value = element.getAttribute(name);
          if (value) element.setAttribute(name, value.replace(/-\d+-/, `-${number}-`));
        }
      }
      fresh.querySelector("legend").textContent = `Aturan ${number + 1}`;
      total.value = number + 1;
    }
    rows.append(fresh);
    (fresh.matches("input") ? fresh : fresh.querySelector("input")).focus();
  });
}
