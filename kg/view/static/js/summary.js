// What stands out in what is shown: the panel before anything is picked.

import { el } from "./dom.js";
import { pairRow } from "./bars.js";
import { changesInWords } from "./changes.js";
import { blocColour } from "./palette.js";
import { kindOf, weightOf } from "./tally.js";
import { many, share, spanWords } from "./words.js";

const ROWS = 5;

/** @param {import("./tally.js").Pair} p */
const balance = (p) => p.plus - p.minus;

/** @param {import("./tally.js").Pair[]} pairs @returns {import("./tally.js").Pair[]} most hostile first */
function mostHostile(pairs) {
  return pairs.filter((p) => balance(p) < 0).sort((x, y) => balance(x) - balance(y) || (x.a + x.b < y.a + y.b ? -1 : 1));
}

/** @param {import("./tally.js").Pair[]} pairs @returns {import("./tally.js").Pair[]} */
function closest(pairs) {
  return pairs.filter((p) => balance(p) > 0).sort((x, y) => balance(y) - balance(x) || (x.a + x.b < y.a + y.b ? -1 : 1));
}

/** Whether the server still reads the graph. @param {import("./offline.js").View} view @returns {boolean} */
export function isPart(view) {
  return Boolean(view.read && view.read.done < view.read.of);
}

/** The view in words. @param {any} app @param {import("./offline.js").View} view @returns {string} */
export function caption(app, view) {
  const dated = view.pairs.filter((p) => p.first);
  const first = dated.reduce((day, p) => Math.min(day, p.first), Infinity);
  const last = dated.reduce((day, p) => Math.max(day, p.last), 0);
  const name = (/** @type {string} */ id) => app.source.actor(id)?.name ?? id;
  const best = (/** @type {string} */ word, /** @type {import("./tally.js").Pair | undefined} */ p) =>
    p ? `; ${word}: ${name(p.a)} – ${name(p.b)}` : "";
  if (app.state.before) return `${changesInWords(app.changes.counts)} between ${app.state.before} and ${app.state.after}.`;
  if (!view.ids.length) return "Nothing is left: loosen the filters.";
  const counts = `${share(view.ids.length, view.totals.actors, "actor")}, ${share(view.pairs.length, view.totals.pairs, "relation")}`;
  const when = dated.length ? `, ${spanWords(Math.max(first, app.source.data.first), last)}` : "";
  const part = view.read && isPart(view) ? `Read so far: ${Math.floor((100 * view.read.done) / view.read.of)} % of ${many(view.read.of, "statement")}. ` : "";
  return `${part}${counts}${when}${best("most hostile", mostHostile(view.pairs)[0])}${best("closest", closest(view.pairs)[0])}.`;
}

/**
 * Triangles in which a friend's friend is a foe, heaviest first.
 * @param {import("./tally.js").Pair[]} pairs @param {number} most @returns {{friend: string, ends: [string, string]}[]}
 */
function tensions(pairs, most) {
  /** @type {Map<string, Map<string, import("./tally.js").Pair>>} */
  const friends = new Map();
  for (const p of pairs)
    if (kindOf(p) === "friendly")
      for (const [x, y] of [[p.a, p.b], [p.b, p.a]]) friends.set(x, (friends.get(x) ?? new Map()).set(y, p));
  const found = [];
  for (const foe of pairs) {
    if (kindOf(foe) !== "hostile") continue;
    for (const [both, p] of friends.get(foe.a) ?? []) {
      const q = friends.get(foe.b)?.get(both);
      if (q) found.push({ friend: both, foe, weight: Math.min(weightOf(p), weightOf(q), weightOf(foe)) });
    }
  }
  found.sort((x, y) => y.weight - x.weight || (x.friend < y.friend ? -1 : 1));
  return found.slice(0, most).map(({ friend, foe }) => ({ friend, ends: /** @type {[string, string]} */ ([foe.a, foe.b]) }));
}

/** @param {any} app @returns {Node[]} */
export function summaryPanel(app) {
  const { view } = app;
  const name = (/** @type {string} */ id) => app.source.actor(id)?.name ?? id;
  const section = (/** @type {string} */ title, /** @type {any[]} */ rows, /** @type {string} */ cls = "rows") =>
    rows.length > 0 && el("section", {}, el("h3", {}, title), el("ul", { class: cls }, rows));
  const mixed = view.pairs.filter((/** @type {any} */ p) => kindOf(p) === "mixed").slice(0, 3);
  return [
    el("h2", {}, "What stands out"),
    el("p", { class: "note" }, `Of ${many(view.totals.statements, "statement")}. Pick an actor or a line to read the sentences.`),
    section("Most hostile", mostHostile(view.pairs).slice(0, ROWS).map((p) => pairRow(p, app))),
    section("Closest", closest(view.pairs).slice(0, ROWS).map((p) => pairRow(p, app))),
    section("Friend and foe at once", mixed.map((/** @type {any} */ p) => pairRow(p, app))),
    section(
      "Caught between two foes",
      tensions(view.pairs, 3).map(({ friend, ends }) =>
        el(
          "li",
          {},
          el(
            "button",
            { type: "button", class: "row", on: { click: () => app.pick(friend) } },
            el("span", { class: "who" }, name(friend)),
            el("span", { class: "note wide" }, `friend of both ${name(ends[0])} and ${name(ends[1])}`),
          ),
        ),
      ),
    ),
    section("Blocs", blocRows(app), "blocs"),
  ].filter(Boolean);
}

/** @param {any} app */
function blocRows(app) {
  const { scene, colours } = app.graph;
  /** @type {Map<number, any[]>} */
  const members = new Map();
  for (const actor of scene.actors)
    if (actor.bloc >= 0 && actor.bloc < colours.blocs.length)
      members.set(actor.bloc, [...(members.get(actor.bloc) ?? []), actor]);
  return [...members]
    .filter(([, list]) => list.length > 1)
    .sort((x, y) => y[1].length - x[1].length || x[0] - y[0])
    .map(([bloc, list]) => {
      const names = list.slice(0, 4).map((a) => a.name);
      const rest = list.length - names.length;
      return el(
        "li",
        {},
        el(
          "button",
          { type: "button", class: "row", on: { click: () => app.lightBloc(bloc) } },
          el("span", { class: "swatch", style: { "background-color": blocColour(colours, bloc) } }),
          el("span", { class: "wide" }, names.join(", "), rest > 0 && ` and ${rest} more`),
        ),
      );
    });
}
