// The shortest way between two actors; of equally short ones the best attested.

import { weightOf } from "./tally.js";

/**
 * @param {import("./tally.js").Pair[]} pairs @param {string} from @param {string} to
 * @returns {import("./tally.js").Pair[]} pair by pair from the first actor; empty when there is no way
 */
export function shortestPath(pairs, from, to) {
  /** @type {Map<string, import("./tally.js").Pair[]>} */
  const near = new Map();
  for (const p of pairs)
    for (const id of [p.a, p.b]) {
      const list = near.get(id);
      if (list) list.push(p);
      else near.set(id, [p]);
    }
  /** @type {Map<string, {worth: number, by: import("./tally.js").Pair | null, before: string}>} */
  const reached = new Map([[from, { worth: Infinity, by: null, before: "" }]]);
  let edge = [from];
  while (edge.length && !reached.has(to)) {
    /** @type {typeof reached} */
    const next = new Map();
    for (const id of edge)
      for (const pair of near.get(id) ?? []) {
        const other = pair.a === id ? pair.b : pair.a;
        if (reached.has(other)) continue;
        const worth = Math.min(reached.get(id)?.worth ?? 0, weightOf(pair));
        if (worth > (next.get(other)?.worth ?? -1)) next.set(other, { worth, by: pair, before: id });
      }
    for (const [id, how] of next) reached.set(id, how);
    edge = [...next.keys()];
  }
  const way = [];
  for (let at = reached.get(to); at?.by; at = reached.get(at.before)) way.unshift(at.by);
  return way;
}
