// From a view to what is drawn: sizes, widths, arrows, badges.

import { countOf, kindOf, weightOf } from "./tally.js";
import { relationWords } from "./words.js";

const SMALLEST = 8;
const LARGEST = 25;
const ONE_WAY = 4; // an arrow stands where one direction has this many times the statements of the other

/** @param {{a: string, b: string}} p */
export const keyOf = (p) => `${p.a}\n${p.b}`;

/**
 * @param {import("./offline.js").View} view @param {any} source @param {import("./state.js").State} state
 * @param {Map<string, {x: number, y: number}>} places
 * @param {Map<string, string>} [changes] badge by pair, when changes are shown
 * @returns {import("./graph.js").Scene}
 */
export function sceneOf(view, source, state, places, changes) {
  const heaviest = Math.max(1, ...view.ids.map((id) => view.weight.get(id) ?? 0));
  const strongest = Math.max(1, ...view.pairs.map(weightOf));
  const actors = view.ids.map((id) => {
    const actor = source.actor(id) ?? { name: id, type: "Organization", linked: false };
    return {
      id,
      name: actor.name,
      type: actor.type,
      linked: actor.linked,
      r: SMALLEST + (LARGEST - SMALLEST) * Math.sqrt((view.weight.get(id) ?? 0) / heaviest),
      bloc: view.blocs ? (view.blocs[id] ?? -1) : source.bloc(id, state.level),
    };
  });
  const ties = view.pairs.map((p) => {
    const kind = kindOf(p);
    const share = weightOf(p) / strongest;
    const badge = changes?.get(keyOf(p)) ?? "";
    return {
      key: keyOf(p),
      a: p.a,
      b: p.b,
      kind,
      width: kind === "neutral" ? 1 : 1.2 + Math.min(5, 0.9 * Math.log2(countOf(p))),
      alpha: changes ? (badge && badge !== "ended" ? 0.95 : 0.4) : kind === "neutral" ? 0.55 : 0.5 + 0.45 * Math.sqrt(share),
      toA: p.backward > 0 && p.backward >= ONE_WAY * p.forward,
      toB: p.forward > 0 && p.forward >= ONE_WAY * p.backward,
      badge,
      caption: captionOf(p),
    };
  });
  return { actors, ties, places, blocs: state.colour === "bloc" };
}

/** What a pair is mostly about. @param {import("./tally.js").Pair} p @returns {string} */
export function captionOf(p) {
  const [code, n] = Object.entries(p.relations ?? {}).sort((x, y) => y[1] - x[1] || (x[0] < y[0] ? -1 : 1))[0];
  return n > 1 ? `${relationWords(code)} ×${n}` : relationWords(code);
}
