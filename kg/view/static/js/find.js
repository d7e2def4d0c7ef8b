// Finding an actor by a name, an alias or a part of one.

import { compare } from "./tally.js";
import { folded } from "./words.js";

/** @type {WeakMap<object, {names: string[][], weight: Int32Array}>} */
const known = new WeakMap();

/** @param {any} data */
function tableOf(data) {
  let table = known.get(data);
  if (!table) {
    const weight = new Int32Array(data.actors.id.length);
    for (const key of ["source", "target"]) for (const n of data.statements[key]) weight[n]++;
    const names = data.actors.name.map((/** @type {string} */ name, /** @type {number} */ n) =>
      [name, ...(data.actors.aliases[n] ?? []), data.actors.id[n]].map(folded),
    );
    table = { names, weight };
    known.set(data, table);
  }
  return table;
}

/** @param {string[]} names @param {string} text @returns {number} 0 is best, 4 is none */
function match(names, text) {
  let best = 4;
  names.forEach((name, k) => {
    const at = name.indexOf(text);
    if (at < 0) return;
    const rank = name === text ? 0 : at === 0 ? 1 : /[\s\-'’(]/.test(name[at - 1]) ? 2 : 3;
    best = Math.min(best, rank + (k ? 0.5 : 0));
  });
  return best;
}

/** @param {any} data @param {string} text @param {number} most @returns {number[]} actors' numbers, best first */
export function ranked(data, text, most) {
  const { names, weight } = tableOf(data);
  const wanted = folded(text.trim());
  return names
    .map((row, n) => ({ n, rank: wanted ? match(row, wanted) : 0 }))
    .filter((hit) => hit.rank < 4)
    .sort((x, y) => x.rank - y.rank || weight[y.n] - weight[x.n] || compare(data.actors.name[x.n], data.actors.name[y.n]))
    .slice(0, most)
    .map((hit) => hit.n);
}
