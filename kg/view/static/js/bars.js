// Small bars that say how friendly and how hostile, and rows of pairs and actors that can be picked.

import { el } from "./dom.js";
import { shapeIcon } from "./shapes.js";
import { countOf, kindOf } from "./tally.js";
import { many } from "./words.js";

/** @param {{friendly: number, hostile: number, neutral: number}} p @param {number} [most] the longest bar's count */
export function signBar(p, most) {
  const all = p.friendly + p.hostile + p.neutral;
  const part = (/** @type {"friendly" | "hostile" | "neutral"} */ kind) =>
    p[kind] > 0 && el("span", { class: kind, style: { width: `${(100 * p[kind]) / Math.max(1, most ?? all)}%` } });
  return el("span", { class: "signs", role: "img", "aria-label": signWords(p) }, part("friendly"), part("neutral"), part("hostile"));
}

/** @param {{friendly: number, hostile: number, neutral: number}} p @returns {string} */
export function signWords(p) {
  return ["friendly", "hostile", "neutral"]
    .map((kind) => [kind, /** @type {any} */ (p)[kind]])
    .filter(([, n]) => n > 0)
    .map(([kind, n]) => `${n} ${kind}`)
    .join(", ");
}

/** @param {import("./tally.js").Pair} p @returns {string} */
export function kindWords(p) {
  return { friendly: "Friendly", hostile: "Hostile", mixed: "Friendly and hostile at once", neutral: "Neutral" }[kindOf(p)];
}

/**
 * A row for a pair, seen from nowhere or from one of its actors.
 * @param {import("./tally.js").Pair} p @param {any} app @param {string} [from] @param {string} [note]
 */
export function pairRow(p, app, from, note) {
  const other = from === p.a ? p.b : p.a;
  const name = (/** @type {string} */ id) => app.source.actor(id)?.name ?? id;
  return el(
    "li",
    {},
    el(
      "button",
      { type: "button", class: "row", on: { click: () => app.pickPair(p.a, p.b) } },
      el(
        "span",
        { class: "who" },
        from ? [shapeIcon(app.source.actor(other)?.type), " ", name(other)] : `${name(p.a)} – ${name(p.b)}`,
      ),
      note ? el("span", { class: "note" }, note) : el("span", { class: "note" }, countOf(p).toLocaleString("en-US")),
      signBar(p),
      el("span", { class: "quiet" }, `, ${many(countOf(p), "statement")}`),
    ),
  );
}
