// From statements to pairs, and from many pairs to the few that a picture can show: kg/view/reduce.py in the browser.

import { dayOf } from "./words.js";

/**
 * @typedef {object} Pair what all statements between two actors add up to; a is the end whose id comes first
 * @property {string} a
 * @property {string} b
 * @property {number} friendly
 * @property {number} hostile
 * @property {number} neutral
 * @property {number} plus intensity in tenths
 * @property {number} minus
 * @property {number} forward directed statements from a to b
 * @property {number} backward
 * @property {number[]} codes the number of each statement's relation
 * @property {Record<string, number>} [relations] statements by code, once counted
 * @property {number} first day
 * @property {number} last
 *
 * @typedef {object} Reduced
 * @property {string[]} ids strongest first
 * @property {Pair[]} pairs strongest first
 * @property {Map<string, number>} weight of every actor
 */

const SIGNS = "hnf"; // by sign, from -1
const TIES_KEPT = 2;
const TIES_ASKED = 15;

/** @param {Pair} p @returns {number} */
export function weightOf(p) {
  return 2 * (p.friendly + p.hostile) + p.neutral;
}

/** @param {Pair} p @returns {number} */
export function countOf(p) {
  return p.friendly + p.hostile + p.neutral;
}

/** @param {{plus: number, minus: number}} p @returns {"friendly" | "hostile" | "mixed" | "neutral"} */
export function kindOf(p) {
  const high = Math.max(p.plus, p.minus);
  if (!high) return "neutral";
  if (2 * Math.min(p.plus, p.minus) >= high) return "mixed";
  return p.plus > p.minus ? "friendly" : "hostile";
}

/**
 * A test of statements by number for everything in a state but its dates.
 * @param {any} data the page's data @param {import("./state.js").State} state
 * @returns {(i: number) => boolean}
 */
export function counts(data, state) {
  const s = data.statements;
  const negated = data.statuses.indexOf("negated");
  const width = data.statuses.length;
  // Relation, sign and status are one look into a table; forty thousand statements are asked at every filter.
  const told = new Uint8Array(data.relations.length * width);
  data.relations.forEach((/** @type {any} */ r, /** @type {number} */ k) => {
    if (state.noRelations.includes(r.code)) return;
    data.statuses.forEach((/** @type {string} */ status, /** @type {number} */ n) => {
      const sign = n === negated ? 0 : r.sign;
      told[k * width + n] = Number(state.statuses.includes(status) && state.signs.includes(SIGNS[sign + 1]));
    });
  });
  const carried = Uint8Array.from(data.articles.publisher, (/** @type {number} */ p) => Number(!state.noPublishers.includes(data.publishers[p])));
  const type = data.types.map((/** @type {string} */ t) => !state.noTypes.includes(t));
  const ends = type.every(Boolean) ? null : endsOf(data, state);
  const { relation, status, confidence, article } = s;
  return (i) =>
    confidence[i] >= state.confidence &&
    told[relation[i] * width + status[i]] === 1 &&
    carried[article[i]] === 1 &&
    (!ends || (type[data.actors.type[ends.source(i)]] && type[data.actors.type[ends.target(i)]]));
}

/**
 * Which actor stands for each end of a statement at the state's level.
 * @param {any} data @param {import("./state.js").State} state
 */
export function endsOf(data, state) {
  const s = data.statements;
  if (state.level === "actors") {
    return { source: (/** @type {number} */ i) => s.source[i], target: (/** @type {number} */ i) => s.target[i] };
  }
  const open = new Uint8Array(data.actors.id.length);
  for (const id of state.open) {
    const n = data.number.get(id);
    if (n !== undefined) open[n] = 1;
  }
  return {
    source: (/** @type {number} */ i) => (open[s.sourceSide[i]] ? s.source[i] : s.sourceSide[i]),
    target: (/** @type {number} */ i) => (open[s.targetSide[i]] ? s.target[i] : s.targetSide[i]),
  };
}

/** @param {any} data @param {import("./state.js").State} state @returns {(i: number) => boolean} */
export function inTime(data, state) {
  const { start, end } = data.statements;
  if (!state.from && !state.to) return () => true;
  const from = dayOf(state.from);
  const to = dayOf(state.to) || Infinity;
  return (i) => start[i] > 0 && start[i] <= to && end[i] >= from;
}

/**
 * @param {any} data @param {import("./state.js").State} state @param {(i: number) => boolean} passes
 * @returns {Pair[]} in the order of their first statement
 */
export function pairsOf(data, state, passes) {
  const { relation, status, start, end } = data.statements;
  const n = data.actors.id.length;
  const ends = endsOf(data, state);
  const negated = data.statuses.indexOf("negated");
  const { relations, order } = data;
  /** @type {Map<number, Pair>} */
  const pairs = new Map();
  for (let i = 0; i < relation.length; i++) {
    const source = ends.source(i);
    const target = ends.target(i);
    if (source === target || !passes(i)) continue;
    const forward = order[source] < order[target];
    const a = forward ? source : target;
    const key = a * n + (forward ? target : source);
    let pair = pairs.get(key);
    if (!pair) {
      pair = {
        a: data.actors.id[a], b: data.actors.id[forward ? target : source], friendly: 0, hostile: 0, neutral: 0, plus: 0, minus: 0,
        forward: 0, backward: 0, codes: [], first: 0, last: 0,
      };
      pairs.set(key, pair);
    }
    const { sign, heat, symmetric } = relations[relation[i]];
    if (sign === 0 || status[i] === negated) pair.neutral++;
    else if (sign > 0) {
      pair.friendly++;
      pair.plus += heat;
    } else {
      pair.hostile++;
      pair.minus += heat;
    }
    if (!symmetric) {
      if (forward) pair.forward++;
      else pair.backward++;
    }
    pair.codes.push(relation[i]);
    if (start[i]) {
      if (!pair.first || start[i] < pair.first) pair.first = start[i];
      if (end[i] > pair.last) pair.last = end[i];
    }
  }
  return [...pairs.values()];
}

/**
 * Pairs with their statements counted by relation: only those that are shown need it.
 * @param {any} data @param {Pair[]} pairs @returns {Pair[]}
 */
export function counted(data, pairs) {
  for (const pair of pairs) {
    pair.relations = {};
    for (const k of pair.codes) pair.relations[data.relations[k].code] = (pair.relations[data.relations[k].code] ?? 0) + 1;
  }
  return pairs;
}

/** @param {string} x @param {string} y */
export const compare = (x, y) => (x < y ? -1 : x > y ? 1 : 0);

/**
 * The strongest actors and the strongest pairs between them.
 * @param {Pair[]} pairs @param {number} actors @param {number} ties @param {string[]} keep @returns {Reduced}
 */
export function reduce(pairs, actors, ties, keep) {
  /** @type {Map<string, number>} */
  const weight = new Map();
  /** @type {Map<string, string[]>} */
  const near = new Map();
  for (const p of pairs) {
    for (const [x, y] of [[p.a, p.b], [p.b, p.a]]) {
      weight.set(x, (weight.get(x) ?? 0) + weightOf(p));
      const list = near.get(x);
      if (list) list.push(y);
      else near.set(x, [y]);
    }
  }
  const ranked = [...weight.keys()].sort((x, y) => (weight.get(y) ?? 0) - (weight.get(x) ?? 0) || compare(x, y));
  const kept = new Set(keep.filter((id) => weight.has(id)));
  const first = new Set([...kept, ...ranked.slice(0, actors)]);
  const touches = (/** @type {string} */ id, /** @type {Set<string>} */ some) => (near.get(id) ?? []).some((o) => some.has(o));
  const chosen = new Set([...kept, ...[...first].filter((id) => touches(id, first))]);
  for (const id of ranked.slice(actors)) {
    if (chosen.size >= actors + kept.size) break;
    if (touches(id, chosen)) chosen.add(id);
  }
  const inside = pairs
    .filter((p) => chosen.has(p.a) && chosen.has(p.b))
    .sort((x, y) => weightOf(y) - weightOf(x) || compare(x.a, y.a) || compare(x.b, y.b));
  /** @type {Map<string, number>} */
  const tied = new Map();
  const lacks = (/** @type {string} */ id) => (tied.get(id) ?? 0) < (kept.has(id) ? TIES_ASKED : TIES_KEPT);
  const shown = inside.filter((p, rank) => {
    if (rank >= ties && !lacks(p.a) && !lacks(p.b)) return false;
    for (const id of [p.a, p.b]) tied.set(id, (tied.get(id) ?? 0) + 1);
    return true;
  });
  return { ids: ranked.filter((id) => chosen.has(id)), pairs: shown, weight };
}
