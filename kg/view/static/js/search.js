// A field that completes names, after the ARIA pattern of a combobox with a list.

import { el, refill } from "./dom.js";
import { shapeIcon } from "./shapes.js";
import { typeWords } from "./words.js";

let fields = 0;

/**
 * @param {string} label @param {string} placeholder
 * @param {(text: string) => Promise<import("./offline.js").Actor[]>} find
 * @param {(actor: import("./offline.js").Actor) => void} picked
 * @returns {HTMLElement}
 */
export function searchField(label, placeholder, find, picked) {
  const list = el("ul", { class: "found", id: `found-${++fields}`, role: "listbox", "aria-label": label, hidden: true });
  const input = el("input", {
    type: "text", role: "combobox", placeholder, "aria-label": label, "aria-autocomplete": "list", "aria-expanded": "false",
    "aria-controls": list.id, autocomplete: "off", spellcheck: "false",
  });
  /** @type {import("./offline.js").Actor[]} */
  let actors = [];
  let at = -1;
  let asked = 0;

  function close() {
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function mark() {
    [...list.children].forEach((node, k) => node.setAttribute("aria-selected", String(k === at)));
    if (at < 0) return;
    input.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at].scrollIntoView({ block: "nearest" });
  }

  /** @param {number} k */
  function choose(k) {
    const actor = actors[k];
    if (!actor) return;
    input.value = "";
    close();
    picked(actor);
  }

  async function complete() {
    const ask = ++asked;
    const found = await find(input.value);
    if (ask !== asked) return;
    actors = found;
    at = actors.length && input.value.trim() ? 0 : -1;
    refill(
      list,
      actors.map((actor, k) =>
        el(
          "li",
          { role: "option", id: `${list.id}-${k}`, on: { pointerdown: (/** @type {Event} */ e) => e.preventDefault(), click: () => choose(k) } },
          shapeIcon(actor.type),
          el("span", { class: "name" }, actor.name),
          el("span", { class: "note" }, typeWords(actor.type)),
        ),
      ),
      !actors.length && el("li", { role: "option", "aria-disabled": "true", class: "none" }, "Nobody of that name"),
    );
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    mark();
  }

  /** The answer on its way: Enter waits for it, or it would choose from the answer before. */
  let coming = Promise.resolve();
  const ask = () => {
    coming = complete();
  };
  input.addEventListener("input", ask);
  input.addEventListener("focus", ask);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) ask();
      else if (actors.length) at = (at + (event.key === "ArrowDown" ? 1 : -1) + actors.length) % actors.length;
      mark();
    } else if (event.key === "Enter") coming.then(() => !list.hidden && choose(Math.max(0, at)));
    else if (event.key === "Escape" && !list.hidden) close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return el("div", { class: "search" }, input, list);
}
