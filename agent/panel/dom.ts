/** The element of `page.html` with this id. */
export function at<Kind extends HTMLElement = HTMLElement>(id: string): Kind {
  const element = document.getElementById(id);
  if (!element) throw new Error(`page.html has no #${id}.`);
  return element as Kind;
}

/** An element with a text, never with markup. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  text?: string,
  className?: string,
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  if (text !== undefined) element.textContent = text;
  if (className) element.className = className;
  return element;
}

/** A plain button with a name of its own for screen readers. `id` keeps its focus when a list is drawn again. */
export function makeButton(
  text: string,
  label: string,
  id: string,
  onClick: (button: HTMLButtonElement) => void,
) {
  const button = make("button", text, "plain");
  button.type = "button";
  button.dataset.id = id;
  button.setAttribute("aria-label", label);
  button.addEventListener("click", () => onClick(button));
  return button;
}

export function makeRow(...cells: HTMLTableCellElement[]): HTMLTableRowElement {
  const row = make("tr");
  row.append(...cells);
  return row;
}

/** Replaces the children of an element; a button in it that had the focus gets it again. */
export function redraw(element: HTMLElement, children: HTMLElement[]): void {
  const focused = element.contains(document.activeElement) ? document.activeElement : null;
  const id = focused instanceof HTMLElement ? focused.dataset.id : undefined;
  element.replaceChildren(...children);
  if (id === undefined) return;
  [...element.querySelectorAll("button")].find((button) => button.dataset.id === id)?.focus();
}

/** Announces a success. */
export function announce(text: string): void {
  at("failed").textContent = "";
  at("done").textContent = text;
}

/** Announces an error with its reason. */
export function complain(text: string): void {
  at("done").textContent = "";
  at("failed").textContent = text;
}
