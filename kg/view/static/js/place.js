// Room for actors that the first layout does not know: beside their friends, with the others all but still.

import { kindOf, countOf } from "./tally.js";

const PULL = { friendly: 2, mixed: 1, neutral: 1, hostile: 0.1 };
const SPACING = 105;
const STILL = 0.05;
const ROOM = { x: 74, y: 52 }; // what an actor and its name need at least
const PUSHES = 60;

/** @typedef {{x: number, y: number}} Point */

/**
 * Places for all ids. Known ones hardly move while others come in beside them; with ``free`` everybody moves.
 * @param {string[]} ids @param {import("./tally.js").Pair[]} pairs @param {Map<string, Point>} known
 * @param {boolean} [free] @returns {Map<string, Point>}
 */
export function place(ids, pairs, known, free = false) {
  const fresh = ids.filter((id) => !known.has(id));
  const found = new Map(ids.map((id) => [id, { ...(known.get(id) ?? { x: 0, y: 0 }) }]));
  if (!fresh.length && !free) return found;
  for (const [rank, id] of fresh.entries()) found.set(id, beside(id, rank, pairs, known));
  settle(found, ids, pairs, known, free);
  return found;
}

/**
 * Beside the strongest known tie, at an angle that depends on the rank only.
 * @param {string} id @param {number} rank @param {import("./tally.js").Pair[]} pairs @param {Map<string, Point>} known
 */
function beside(id, rank, pairs, known) {
  let [x, y, sum] = [0, 0, 0];
  for (const p of pairs) {
    const other = p.a === id ? p.b : p.b === id ? p.a : "";
    const at = known.get(other);
    if (!at) continue;
    const pull = PULL[kindOf(p)] * countOf(p);
    x += at.x * pull;
    y += at.y * pull;
    sum += pull;
  }
  const turn = rank * 2.399963;
  const out = SPACING * (sum ? 0.8 : 2 + 0.5 * Math.sqrt(rank));
  return { x: (sum ? x / sum : 0) + out * Math.cos(turn), y: (sum ? y / sum : 0) + out * Math.sin(turn) };
}

/**
 * @param {Map<string, Point>} places @param {string[]} ids @param {import("./tally.js").Pair[]} pairs
 * @param {Map<string, Point>} known @param {boolean} free
 */
function settle(places, ids, pairs, known, free) {
  const n = ids.length;
  const at = new Map(ids.map((id, k) => [id, k]));
  const x = Float64Array.from(ids, (id) => places.get(id)?.x ?? 0);
  const y = Float64Array.from(ids, (id) => places.get(id)?.y ?? 0);
  const give = Float64Array.from(ids, (id) => (free || !known.has(id) ? 1 : STILL));
  const links = pairs.map((p) => ({
    i: /** @type {number} */ (at.get(p.a)),
    j: /** @type {number} */ (at.get(p.b)),
    pull: PULL[kindOf(p)] * 0.012 * (1 + Math.log2(countOf(p))),
  }));
  const [dx, dy] = [new Float64Array(n), new Float64Array(n)];
  const rounds = free ? 220 : 120;
  for (let round = 0; round < rounds; round++) {
    dx.fill(0);
    dy.fill(0);
    for (let i = 0; i < n; i++)
      for (let j = i + 1; j < n; j++) {
        if (give[i] + give[j] < 3 * STILL) continue;
        const [ax, ay] = [(x[i] - x[j]) * 0.72, y[i] - y[j]]; // names are wide: more room across
        const near = ax * ax + ay * ay + 1;
        const push = (SPACING * SPACING * 0.9) / near;
        const close = near < SPACING * SPACING * 0.5 ? 0.35 : 0;
        const k = (push * 0.9) / Math.sqrt(near) + close;
        dx[i] += ax * k;
        dx[j] -= ax * k;
        dy[i] += ay * k;
        dy[j] -= ay * k;
      }
    for (const { i, j, pull } of links) {
      const [ax, ay] = [(x[j] - x[i]) * pull, (y[j] - y[i]) * pull];
      dx[i] += ax;
      dx[j] -= ax;
      dy[i] += ay;
      dy[j] -= ay;
    }
    const limit = 60 * (1 - round / rounds) + 1;
    for (let i = 0; i < n; i++) {
      const length = Math.hypot(dx[i], dy[i]) || 1;
      const step = (Math.min(limit, 0.35 * length) * give[i]) / length;
      x[i] += dx[i] * step - 0.002 * x[i] * give[i];
      y[i] += dy[i] * step - 0.003 * y[i] * give[i];
    }
  }
  apart(x, y);
  ids.forEach((id, k) => places.set(id, { x: x[k], y: y[k] }));
}

/** Nobody stands on another: those who do are pushed the shorter way. @param {Float64Array} x @param {Float64Array} y */
function apart(x, y) {
  let moved = true;
  for (let round = 0; moved && round < PUSHES; round++) {
    moved = false;
    for (let i = 0; i < x.length; i++)
      for (let j = i + 1; j < x.length; j++) {
        const [overX, overY] = [ROOM.x - Math.abs(x[i] - x[j]), ROOM.y - Math.abs(y[i] - y[j])];
        if (overX <= 0.5 || overY <= 0.5) continue;
        moved = true;
        const [axis, over] = overX < overY ? [x, overX] : [y, overY];
        const push = (axis[i] < axis[j] ? -0.5 : 0.5) * over;
        axis[i] += push;
        axis[j] -= push;
      }
  }
}
