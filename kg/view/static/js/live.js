// A server as a source: the same questions that offline.js answers itself, sent to where the page came from.

import { fold } from "./evidence.js";
import { reviewDesk } from "./review.js";
import { toHash } from "./state.js";

/** What concerns the page only, not the count. */
const OWN = ["a", "b", "way", "view", "colour", "before", "after", "window"];

/** @param {any} data what the page was told to begin with */
export async function liveSource(data) {
  /** @type {Map<string, import("./offline.js").Actor>} */
  const actors = new Map();
  /** @type {Map<string, string[]>} */
  const members = new Map();
  /** @type {Map<string, number>} */
  const memberCounts = new Map();
  /** @type {Map<string, string>} */
  const sides = new Map();
  /** @type {Map<string, number>} */
  const blocs = new Map();
  const placed = new Set();
  data.unlinked = new Set();

  /** @param {any} answer */
  function learn(answer) {
    for (const actor of Array.isArray(answer.actors) ? answer.actors : Object.values(answer.actors ?? {})) {
      actors.set(actor.id, actor);
      if (!actor.linked) data.unlinked.add(actor.id);
    }
    for (const [id, side] of Object.entries(answer.sides ?? {})) sides.set(id, /** @type {string} */ (side));
    for (const [side, n] of Object.entries(answer.memberCounts ?? {})) memberCounts.set(side, /** @type {number} */ (n));
    for (const [side, some] of Object.entries(answer.members ?? {})) members.set(side, /** @type {string[]} */ (some));
    for (const card of answer.cards ?? []) for (const actor of [card.source, card.target]) actors.set(actor.id, actor);
    return answer;
  }

  /** @param {string} path @param {URLSearchParams} [query] @param {RequestInit} [how] */
  async function ask(path, query, how) {
    const response = await fetch(`/api/${path}${query ? `?${query}` : ""}`, how);
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.error ?? `status ${response.status}`);
    return learn(answer);
  }

  /** @param {import("./state.js").State} state @param {Record<string, string>} [more] */
  function query(state, more = {}) {
    const said = new URLSearchParams(toHash(state));
    for (const key of OWN) said.delete(key);
    for (const [key, value] of Object.entries(more)) if (value) said.set(key, value);
    return said;
  }

  const source = {
    live: true,
    data,
    actor: (/** @type {string} */ id) => actors.get(id) ?? null,
    side: (/** @type {string} */ id) => sides.get(id) ?? "",
    members: (/** @type {string} */ id) => members.get(id) ?? [],
    memberCount: (/** @type {string} */ id) => memberCounts.get(id) ?? 0,
    bloc: (/** @type {string} */ id, /** @type {string} */ level) => blocs.get(`${level} ${id}`) ?? -1,

    /** @param {import("./state.js").State} state @returns {Promise<import("./offline.js").View>} */
    async view(state) {
      const first = !placed.has(state.level);
      placed.add(state.level);
      const answer = await ask("subgraph", query(state, first ? { places: "1" } : {}));
      for (const [id, bloc] of Object.entries(answer.blocs)) blocs.set(`${state.level} ${id}`, /** @type {number} */ (bloc));
      return { ...answer, weight: new Map(Object.entries(answer.weight)) };
    },
    /** Take what the page begins with anew, for the graph has been read further. */
    async renew() {
      Object.assign(data, await ask("beginning"));
      placed.clear();
    },
    /** @param {import("./state.js").State} state */
    async changes(state) {
      const { before, after } = state;
      return ask("changes", query(state, { before, after, window: String(state.window) }));
    },
    /** @param {import("./state.js").State} state @param {string} a @param {string} b @param {number} [offset] */
    async evidence(state, a, b, offset = 0) {
      const answer = await ask("evidence", query(state, { a, b, offset: offset ? String(offset) : "" }));
      return { ...answer, cards: fold(answer.cards), next: offset + answer.cards.length };
    },
    /** @param {import("./state.js").State} state @param {string} a @param {string} b */
    async path(state, a, b) {
      return (await ask("path", query(state, { a, b }))).pairs;
    },
    /** @param {string} text @param {number} most */
    async search(text, most) {
      return (await ask("search", new URLSearchParams({ q: text.slice(0, 200), most: String(most) }))).actors;
    },
    /** @param {import("./state.js").State} state @param {string} a */
    async neighbours(state, a) {
      return (await ask("neighbours", query(state, { a }))).pairs;
    },
    review: data.review ? reviewDesk(ask) : null,
  };
  return source;
}
