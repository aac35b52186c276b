// Moving columns up and down. Without this their numbers are typed.

for (const list of document.querySelectorAll("[data-columns]")) {
  const lines = () => [...list.children];
  const number = (line) => line.querySelector("input[type=number]");
  const heading = (line) => line.querySelector("label").textContent.trim();

  const renumber = () => {
    lines().forEach((line, at) => {
      number(line).value = at + 1;
      const [up, down] = line.querySelectorAll("button");
      up.disabled = at === 0;
      down.disabled = at === list.children.length - 1;
    });
  };

  const move = (line, step, button) => {
    const other = lines()[lines().indexOf(line) + step];
    if (!other) return;
    if (step < 0) other.before(line);
    else other.after(line);
    renumber();
    // A button that has come to its end cannot keep the focus.
    (button.disabled ? line.querySelector("button:not(:disabled)") : button).focus();
  };

  for (const line of lines()) {
    for (const [step, sign, word] of [[-1, "↑", "Naikkan"], [1, "↓", "Turunkan"]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-outline-primary";
      button.textContent = sign;
      button.setAttribute("aria-label", `${word} ${heading(line)}`);
      button.addEventListener("click", () => move(line, step, button));
      line.append(button);
    }
    // A number that was typed puts the line where it says.
    number(line).addEventListener("change", () => {
      const wanted = Math.max(1, Math.min(lines().length, Number(number(line).value) || 1));
      const others = lines().filter((one) => one !== line);
      if (wanted > others.length) list.append(line);
      else others[wanted - 1].before(line);
      renumber();
      number(line).focus();
    });
  }
  renumber();
}
