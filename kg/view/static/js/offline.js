// The page's own data as a source: the same questions that live.js sends to a server, answered from columns.

import { binOf, binsOf } from "./bins.js";
import { unpack } from "./columns.js";
import { shortestPath } from "./paths.js";
import { changesBetween } from "./changes.js";
import { cardOf, fold, series } from "./evidence.js";
import { ranked } from "./find.js";
import { compare, counted, counts, countOf, endsOf, inTime, pairsOf, reduce } from "./tally.js";
import { dayOf, iso } from "./words.js";

/**
 * @typedef {object} Actor
 * @property {string} id
 * @property {string} name
 * @property {string} type
 * @property {string[]} aliases
 * @property {string} wikidata
 * @property {boolean} linked
 *
 * @typedef {object} View what is drawn, and how much there was
 * @property {string[]} ids
 * @property {import("./tally.js").Pair[]} pairs
 * @property {Map<string, number>} weight
 * @property {{actors: number, pairs: number, statements: number}} totals
 * @property {import("./bins.js").Bins} bins
 * @property {{friendly: number[], hostile: number[], neutral: number[]}} histogram
 * @property {number} undated
 * @property {{done: number, of: number}} [read] statements that a server has read, of how many
 * @property {Record<string, [number, number]>} [places]
 * @property {Record<string, number>} [blocs]
 */

/** @param {any} data as kg/view/data.py writes it */
export function offlineSource(data) {
  unpack(data);
  const { statements } = data;
  const total = statements.relation.length;

  /** @param {number} n @returns {Actor} */
  const actorAt = (n) => ({
    id: data.actors.id[n],
    name: data.actors.name[n],
    type: data.types[data.actors.type[n]],
    aliases: data.actors.aliases[n] ?? [],
    wikidata: data.actors.wikidata[n] ?? "",
    linked: !data.unlinked.has(n),
  });

  /** @param {import("./state.js").State} state @returns {import("./tally.js").Pair[]} */
  const allPairs = (state) => {
    const passes = counts(data, state);
    const timely = inTime(data, state);
    return pairsOf(data, state, (i) => passes(i) && timely(i));
  };

  return {
    live: false,
    data,
    actor: (/** @type {string} */ id) => {
      const n = data.number.get(id);
      return n === undefined ? null : actorAt(n);
    },
    side: (/** @type {string} */ id) => data.actors.id[data.side.get(data.number.get(id))] ?? "",
    members: (/** @type {string} */ id) =>
      [...(data.members.get(data.number.get(id)) ?? [])].map((n) => data.actors.id[n]).sort(),
    memberCount: (/** @type {string} */ id) => data.members.get(data.number.get(id))?.size ?? 0,
    bloc: (/** @type {string} */ id, /** @type {string} */ level) => data.blocs[level]?.[data.number.get(id)] ?? -1,

    /** @param {import("./state.js").State} state @returns {Promise<View>} */
    async view(state) {
      const passes = counts(data, state);
      const timely = inTime(data, state);
      const bins = binsOf(data.first, data.last);
      const zeros = () => new Array(Math.max(0, bins.starts.length - 1)).fill(0);
      const histogram = { friendly: zeros(), hostile: zeros(), neutral: zeros() };
      const negated = data.statuses.indexOf("negated");
      let undated = 0;
      const pairs = pairsOf(data, state, (i) => {
        if (!passes(i)) return false;
        if (!statements.start[i]) undated++;
        const k = binOf(bins, statements.start[i]);
        if (k >= 0) {
          const sign = statements.status[i] === negated ? 0 : data.relations[statements.relation[i]].sign;
          histogram[sign > 0 ? "friendly" : sign < 0 ? "hostile" : "neutral"][k]++;
        }
        return timely(i);
      });
      const { ids, pairs: shown, weight } = reduce(pairs, state.actors, state.ties, state.keep);
      const totals = { actors: weight.size, pairs: pairs.length, statements: pairs.reduce((n, p) => n + countOf(p), 0) };
      return { ids, pairs: counted(data, shown), weight, totals, bins, histogram, undated };
    },

    /** What differs between two dates, each seen through the window before it. @param {import("./state.js").State} state */
    async changes(state) {
      const at = (/** @type {string} */ day) => {
        const from = Math.max(1, dayOf(day) - state.window + 1);
        return allPairs({ ...state, from: iso(from), to: day });
      };
      const changes = changesBetween(at(state.before), at(state.after));
      counted(data, changes.map((c) => c.pair));
      const count = (/** @type {string} */ how) => changes.filter((c) => c.how === how).length;
      return { changes, counts: { turned: count("turned"), appeared: count("appeared"), ended: count("ended") } };
    },

    /**
     * What is said of an actor, or between two: whatever its status, newest first, near-copies folded.
     * @param {import("./state.js").State} state @param {string} a @param {string} b empty for all about a
     */
    async evidence(state, a, b) {
      const ends = endsOf(data, state);
      const timely = inTime(data, state);
      const passes = counts(data, { ...state, statuses: data.statuses, signs: "fhn", noTypes: [] });
      const signs = counts(data, { ...state, statuses: data.statuses, noTypes: [] });
      const [x, y] = [data.number.get(a), data.number.get(b)];
      const cards = [];
      for (let i = 0; i < total; i++) {
        const [source, target] = [ends.source(i), ends.target(i)];
        if (source === target || (source !== x && target !== x)) continue;
        if (y !== undefined && source !== y && target !== y) continue;
        const denied = data.statuses[statements.status[i]] === "negated";
        if (timely(i) && (denied ? passes(i) : signs(i))) cards.push(cardOf(data, i, actorAt));
      }
      return { cards: fold(cards), total: cards.length, next: cards.length, series: series(cards, state.statuses) };
    },

    /** @param {import("./state.js").State} state @param {string} a @param {string} b */
    async path(state, a, b) {
      return counted(data, shortestPath(allPairs(state), a, b));
    },

    /** @param {string} text @param {number} most @returns {Promise<Actor[]>} */
    async search(text, most) {
      return ranked(data, text, most).map(actorAt);
    },

    /** Who stands beside an actor, strongest first. @param {import("./state.js").State} state @param {string} id */
    async neighbours(state, id) {
      const near = allPairs(state).filter((p) => p.a === id || p.b === id);
      return counted(data, near.sort((p, q) => countOf(q) - countOf(p) || compare(p.a, q.a) || compare(p.b, q.b)));
    },
  };
}
