// Everything by keyboard: walking the drawing with the arrow keys, and keys for what buttons do.

import { signWords } from "./bars.js";
import { announce } from "./dom.js";
import { countOf } from "./tally.js";
import { many, typeWords } from "./words.js";

export const KEYS = [
  ["/", "Find an actor"],
  ["Tab", "Through the page; in the drawing, the arrow keys walk"],
  ["← ↑ → ↓", "To the next actor in that direction"],
  ["Enter", "Read about the actor, or the relation"],
  [", and .", "Through the relations of the actor"],
  ["E", "Add its neighbours, or hide them again"],
  ["M", "Show the members of a side apart"],
  ["P", "Path to another actor"],
  ["+ − 0", "Closer, farther, everything"],
  ["Shift + arrows", "Move the picture"],
  ["T", "Table or drawing"],
  ["C", "What changed between two dates"],
  ["L", "Arrange anew"],
  ["D", "Dark or light"],
  ["Esc", "Back"],
  ["?", "These keys"],
];

const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** @param {HTMLElement} box the drawing @param {any} app */
export function createKeyboard(box, app) {
  let at = "";
  let tie = -1;

  const places = () => app.graph.scene.places;
  const here = () => (app.graph.scene.actors.some((/** @type {any} */ a) => a.id === at) ? at : app.graph.scene.actors[0]?.id ?? "");
  const pairs = () => app.view.pairs.filter((/** @type {any} */ p) => p.a === at || p.b === at);
  const name = (/** @type {string} */ id) => app.source.actor(id)?.name ?? id;

  /** @param {string} id */
  function go(id) {
    at = id;
    tie = -1;
    app.graph.point(id);
    app.graph.bring([id]);
    const actor = app.source.actor(id);
    if (actor) announce(`${actor.name}, ${typeWords(actor.type)}, ${many(pairs().length, "relation")} in view`);
  }

  /** The nearest actor in a direction; what lies aside counts as farther. @param {number} dx @param {number} dy */
  function step(dx, dy) {
    const from = places().get(here());
    let best = "";
    let least = Infinity;
    for (const { id } of app.graph.scene.actors) {
      const p = places().get(id);
      if (id === at || !p || !from) continue;
      const along = (p.x - from.x) * dx + (p.y - from.y) * dy;
      const aside = Math.abs((p.x - from.x) * dy) + Math.abs((p.y - from.y) * dx);
      if (along <= 0 || aside > 2.5 * along) continue;
      if (along + 2 * aside < least) [best, least] = [id, along + 2 * aside];
    }
    if (best) go(best);
    else announce("No actor in that direction");
  }

  /** @param {number} by */
  function turn(by) {
    const list = pairs();
    if (!list.length) return;
    tie = (tie + by + list.length) % list.length;
    const p = list[tie];
    const other = p.a === at ? p.b : p.a;
    app.lightPair(p.a, p.b);
    announce(`${name(at)} and ${name(other)}, relation ${tie + 1} of ${list.length}: ${signWords(p)}. Enter for the evidence.`);
  }

  /** @type {Record<string, () => void>} */
  const onDrawing = {
    Enter: () => {
      const p = tie >= 0 ? pairs()[tie] : null;
      if (p) app.pickPair(p.a, p.b, true);
      else if (at) app.pick(at, true);
    },
    ",": () => turn(-1),
    ".": () => turn(1),
    e: () => app.expand(here()),
    m: () => app.open(here()),
    p: async () => {
      await app.pick(here());
      const buttons = [...document.querySelectorAll("#panel .actions button")];
      const way = buttons.find((b) => b.textContent === "Path to…");
      if (way instanceof HTMLElement) way.click();
    },
  };
  /** @type {Record<string, () => void>} */
  const anywhere = {
    "/": () => /** @type {HTMLElement} */ (document.querySelector("#find input")).focus(),
    "+": () => app.graph.zoom(1.3),
    "=": () => app.graph.zoom(1.3),
    "-": () => app.graph.zoom(1 / 1.3),
    0: () => app.graph.fit(),
    t: () => app.update({ view: app.state.view === "table" ? "graph" : "table" }),
    c: () => app.toggleChanges(),
    l: () => app.arrange(),
    d: () => app.theme(),
    "?": () => app.help(),
    Escape: () => app.back(),
  };

  box.addEventListener("keydown", (event) => {
    const way = WAYS[/** @type {keyof typeof WAYS} */ (event.key)];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (way && event.shiftKey) app.graph.pan(way[0] * 80, way[1] * 80);
    else if (way) step(way[0], way[1]);
    else if (onDrawing[event.key]) onDrawing[event.key]();
    else return;
    event.preventDefault();
  });
  box.addEventListener("focus", () => {
    // A mouse click focuses too; the cursor is for those who came by key.
    if (box.matches(":focus-visible")) go(app.state.a && places().has(app.state.a) ? app.state.a : here());
  });
  box.addEventListener("blur", () => app.graph.point(""));
  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof HTMLElement && event.target.closest("input:not([type=range],[type=checkbox]), select, dialog");
    if (typing || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !anywhere[event.key]) return;
    event.preventDefault();
    anywhere[event.key]();
  });
}
