// What changed between two dates: relations that appeared, ended or turned, each date seen through a window before it.

import { kindWords } from "./bars.js";
import { button, el } from "./dom.js";
import { keyOf } from "./scene.js";
import { kindOf, weightOf } from "./tally.js";
import { dayOf, dayWords, many } from "./words.js";

const WINDOWS = [[30, "30 days"], [90, "3 months"], [365, "a year"], [36500, "everything before"]];
const TITLES = { turned: "Turned", appeared: "Appeared", ended: "Ended" };
const BADGES = { turned: "turned", appeared: "new", ended: "ended" };

/**
 * @typedef {object} Change
 * @property {"turned" | "appeared" | "ended"} how
 * @property {import("./tally.js").Pair} pair as it is now, or as it was when it ended
 * @property {import("./tally.js").Pair | null} was
 */

/**
 * @param {import("./tally.js").Pair[]} before @param {import("./tally.js").Pair[]} after
 * @returns {Change[]} strongest first within each kind
 */
export function changesBetween(before, after) {
  const old = new Map(before.map((p) => [keyOf(p), p]));
  const now = new Set(after.map(keyOf));
  /** @type {Change[]} */
  const found = [];
  for (const pair of after) {
    const was = old.get(keyOf(pair)) ?? null;
    const [x, y] = [was && kindOf(was), kindOf(pair)];
    if (!was) found.push({ how: "appeared", pair, was });
    else if (x !== y && x !== "neutral" && y !== "neutral") found.push({ how: "turned", pair, was });
  }
  for (const pair of before) if (!now.has(keyOf(pair))) found.push({ how: "ended", pair, was: pair });
  const order = ["turned", "appeared", "ended"];
  return found.sort(
    (x, y) => order.indexOf(x.how) - order.indexOf(y.how) || weightOf(y.pair) - weightOf(x.pair) || (keyOf(x.pair) < keyOf(y.pair) ? -1 : 1),
  );
}

/** @param {Change[]} changes @returns {Map<string, string>} badge by pair */
export function badges(changes) {
  return new Map(changes.map((c) => [keyOf(c.pair), BADGES[c.how]]));
}

/** @param {Record<Change["how"], number>} counts @returns {string} 3 relations turned, 12 appeared, 4 ended */
export function changesInWords(counts) {
  return `${many(counts.turned, "relation")} turned, ${counts.appeared} appeared, ${counts.ended} ended`;
}

/** @param {any} app @returns {any[]} */
export function changesPanel(app) {
  const { state } = app;
  const { changes, counts } = app.changes;
  const name = (/** @type {string} */ id) => app.source.actor(id)?.name ?? id;
  const date = (/** @type {string} */ label, /** @type {"before" | "after"} */ key) =>
    el("label", {}, label, " ", el("input", {
      type: "date", value: state[key],
      on: { change: (/** @type {any} */ e) => e.target.value && app.update({ [key]: e.target.value }) },
    }));
  const width = el(
    "select",
    { on: { change: (/** @type {any} */ e) => app.update({ window: Number(e.target.value) }) } },
    WINDOWS.map(([days, words]) => el("option", { value: days, selected: days === state.window }, words)),
  );
  const row = (/** @type {Change} */ c) =>
    el("li", {}, el(
      "button",
      { type: "button", class: "row", on: { click: () => app.pickPair(c.pair.a, c.pair.b) } },
      el("span", { class: "who" }, `${name(c.pair.a)} – ${name(c.pair.b)}`),
      el("span", { class: "note wide" }, c.how === "turned" && c.was ? `${kindWords(c.was)} → ${kindWords(c.pair).toLowerCase()}` : kindWords(c.pair)),
    ));
  const sections = /** @type {Change["how"][]} */ (["turned", "appeared", "ended"]).map((how) => {
    const some = changes.filter((/** @type {Change} */ c) => c.how === how);
    return some.length > 0 && el(
      "section", {},
      el("h3", {}, `${TITLES[how]}: ${counts[how]}`),
      el("ul", { class: "rows" }, some.slice(0, 40).map(row)),
      counts[how] > 40 && el("p", { class: "note" }, `and ${counts[how] - 40} weaker ones`),
    );
  });
  return [
    el("div", { class: "heading" }, el("h2", { tabindex: -1 }, "What changed"), button("×", () => app.update({ before: "", after: "" }), { class: "close", "aria-label": "Close" })),
    el("div", { class: "dates" }, date("Before", "before"), date("After", "after"), el("label", {}, "Seen through ", width)),
    el("p", { class: "note" }, `Relations around ${dayWords(dayOf(state.before))} against those around ${dayWords(dayOf(state.after))}.`),
    ...(changes.length ? sections : [el("p", {}, "Nothing changed between these dates.")]),
  ];
}
