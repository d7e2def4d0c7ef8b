// The filters at the left: they are the legend too.

import { button, el, refill } from "./dom.js";
import { lineIcon, shapeIcon } from "./shapes.js";
import { DEFAULTS } from "./state.js";
import { relationWords, statusWords, typeWords } from "./words.js";

const SIGNS = [["f", "friendly", "Friendly"], ["h", "hostile", "Hostile"], ["n", "neutral", "Neutral"]];

/**
 * @param {HTMLElement} box @param {any} app
 * @returns {{show: (state: import("./state.js").State) => void}}
 */
export function createFilters(box, app) {
  /** @type {((state: any) => void)[]} */
  const syncs = [];

  /** @param {string} title @param {...any} inside */
  const group = (title, ...inside) => el("fieldset", {}, el("legend", {}, title), inside);

  /** @param {string} title @param {(state: any) => number} off how many are left out @param {...any} inside */
  function folding(title, off, ...inside) {
    const note = el("span", { class: "note" });
    syncs.push((state) => {
      note.textContent = off(state) ? `${off(state)} off` : "all";
    });
    return el("details", { class: "folding" }, el("summary", {}, title, " ", note), el("div", { class: "list" }, inside));
  }

  /**
   * @param {any} label @param {(state: any) => boolean} isOn @param {(on: boolean) => void} set @param {any} [icon] @param {string} [note]
   */
  function check(label, isOn, set, icon, note) {
    const input = el("input", { type: "checkbox", on: { change: () => set(input.checked) } });
    syncs.push((state) => {
      input.checked = isOn(state);
    });
    return el("label", { class: "check" }, input, icon, el("span", {}, label), note && el("span", { class: "note" }, note));
  }

  /** @param {string} key a list of what is left out @param {string} item @param {string} label @param {any} [icon] @param {string} [note] */
  const listed = (key, item, label, icon, note) =>
    check(
      label,
      (state) => !state[key].includes(item),
      (on) => app.update({ [key]: on ? app.state[key].filter((/** @type {string} */ x) => x !== item) : [...app.state[key], item] }),
      icon,
      note,
    );

  /** @param {string} key @param {string} label @param {number} low @param {number} high @param {number} step @param {(n: number) => string} words */
  function slider(key, label, low, high, step, words) {
    const shown = el("output", {});
    const input = el("input", {
      type: "range", min: low, max: high, step, "aria-label": label,
      on: {
        input: () => (shown.textContent = words(Number(input.value))),
        change: () => app.update({ [key]: Number(input.value) }),
      },
    });
    syncs.push((state) => {
      input.value = String(state[key]);
      shown.textContent = words(state[key]);
    });
    return el("label", { class: "slider" }, el("span", {}, label, " ", shown), input);
  }

  /** @param {string} key @param {[string, string][]} choices @param {string} label */
  function choice(key, choices, label) {
    const buttons = choices.map(([value, words]) => button(words, () => app.update({ [key]: value }), { data: { value } }));
    syncs.push((state) => {
      for (const b of buttons) b.setAttribute("aria-pressed", String(b.dataset.value === state[key]));
    });
    return el("div", { class: "choice", role: "group", "aria-label": label }, buttons);
  }

  const { facets, relations, statuses } = app.source.data;
  const count = (/** @type {number | undefined} */ n) => (n === undefined ? "" : n.toLocaleString("en-US"));
  const reset = button("Reset filters", () => app.update(keepPick(app.state)), { class: "plain" });
  syncs.push((state) => {
    reset.hidden = JSON.stringify(keepPick(state)) === JSON.stringify(state);
  });

  refill(
    box,
    el("div", { class: "heading narrow" }, el("h2", {}, "Filters"), button("×", () => app.toggle("filters"), { class: "close", "aria-label": "Close filters" })),
    group(
      "Actors as",
      choice("level", [["sides", "Sides"], ["actors", "Each alone"]], "Whether ministers and armies count under their side"),
    ),
    group(
      "Relations",
      SIGNS.map(([letter, kind, words]) =>
        check(words, (s) => s.signs.includes(letter), (on) => app.update({ signs: [..."fhn"].filter((c) => (c === letter ? on : app.state.signs.includes(c))).join("") }), lineIcon(kind)),
      ),
      el("p", { class: "check key" }, lineIcon("mixed"), el("span", {}, "Both at once")),
      folding(
        "Kinds",
        (s) => s.noRelations.length,
        relations.filter((/** @type {any} */ r) => facets.relations[r.code]).map((/** @type {any} */ r) =>
          listed("noRelations", r.code, relationWords(r.code), null, count(facets.relations[r.code]))),
      ),
      folding(
        "Told as",
        (s) => statuses.length - s.statuses.length,
        statuses.map((/** @type {string} */ status) =>
          check(statusWords(status), (s) => s.statuses.includes(status),
            (on) => app.update({ statuses: statuses.filter((/** @type {string} */ x) => (x === status ? on : app.state.statuses.includes(x))) }),
            null, count(facets.statuses[status]))),
      ),
    ),
    group(
      "Actors",
      choice("colour", [["bloc", "Colour by bloc"], ["type", "Plain"]], "Colour"),
      Object.entries(facets.types).map(([type, n]) => listed("noTypes", type, typeWords(type), shapeIcon(type), count(n))),
      app.source.data.unlinked.size > 0 && el("p", { class: "note" }, "Hollow shapes are new in the texts, not in the catalogue."),
    ),
    group(
      "How much",
      slider("actors", "Strongest actors", 5, 300, 5, (n) => String(n)),
      slider("ties", "Strongest relations", 10, 1500, 10, (n) => String(n)),
      slider("confidence", "Confidence from", 0, 95, 5, (n) => `${n} %`),
    ),
    Object.keys(facets.publishers).length > 1 &&
      group("Sources", folding("Publishers", (s) => s.noPublishers.length,
        Object.entries(facets.publishers).map(([name, n]) => listed("noPublishers", name, name || "unknown", null, count(n))))),
    reset,
    app.source.data.left && el("p", { class: "note" }, app.source.data.left),
  );
  return {
    show(state) {
      for (const sync of syncs) sync(state);
    },
  };
}

/** Everything as at the beginning, but for what is picked. @param {import("./state.js").State} state */
function keepPick(state) {
  return { ...DEFAULTS, a: state.a, b: state.b, view: state.view, before: state.before, after: state.after, window: state.window };
}
