// Elements of the page by their id, and new ones.

export const byId = (id) => document.getElementById(id);

// make("li", { class: "person" }, "text", otherElement)
export const make = (name, attributes = {}, ...content) => {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(attribute, "");
    else if (value !== false && value !== null) element.setAttribute(attribute, value);
  }
  element.append(...content);
  return element;
};

// A sentence in an element that is hidden while there is none.
export const say = (element, sentence) => {
  element.textContent = sentence;
  element.hidden = !sentence;
};

export const shape = (tone) => {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  svg.setAttribute("class", "shape small");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `#shape-${tone}`);
  svg.append(use);
  return svg;
};
