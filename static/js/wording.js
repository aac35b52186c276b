// Words in braces become buttons that put themselves into the field where the cursor was last.
const fields = document.querySelectorAll(".wording [name=subject], .wording [name=text], .wording [name=short]");
let target = document.querySelector(".wording [name=text]");
for (const field of fields) field.addEventListener("focus", () => { target = field; });

for (const code of document.querySelectorAll("[data-word]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "word-insert";
  button.textContent = code.textContent;
  button.setAttribute("aria-label", `Sisipkan ${code.dataset.word}`);
  button.addEventListener("click", () => {
    target.setRangeText(`{${code.dataset.word}}`, target.selectionStart, target.selectionEnd, "end");
    target.focus();
    target.dispatchEvent(new Event("input", { bubbles: true }));
  });
  code.replaceWith(button);
}
