// A button beside each read-only field with `data-copy` that copies it. Without this the text can be selected by hand.

for (const field of document.querySelectorAll("input[data-copy]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-sm btn-outline-primary";
  button.textContent = "Salin";
  const name = field.getAttribute("aria-label") || field.labels[0]?.textContent.trim() || "";
  if (name) button.setAttribute("aria-label", `Salin ${name}`);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      // No permission, or no secure connection: the older way works on a selection.
      field.select();
      document.execCommand("copy");
    }
    button.textContent = "Tersalin";
  });
  field.after(button);
}
