// Evidence cards: one statement each, with everything that a reader needs to judge it.

import { folded } from "./words.js";

/**
 * @typedef {object} Mark
 * @property {number} start
 * @property {number} end
 * @property {"source" | "target" | "trigger"} role
 *
 * @typedef {object} Card
 * @property {string} id
 * @property {import("./offline.js").Actor} source
 * @property {import("./offline.js").Actor} target
 * @property {string} relation
 * @property {number} sign as it counts: 0 for what is denied
 * @property {number} heat signed, in tenths
 * @property {string} status
 * @property {number} confidence percent
 * @property {number} start day
 * @property {number} end
 * @property {string} precision
 * @property {string} sentence
 * @property {Mark[]} marks
 * @property {[string, string]} via how source and target were read
 * @property {{name: string, side: string}[]} speakers outermost first
 * @property {string} rule
 * @property {string} place
 * @property {{url: string, title: string, publisher: string, published: number}} article
 * @property {string | number} report the article, or the one that it copies
 * @property {Card[]} copies near-copies of the same report
 */

/** @param {any} data @param {number} i @param {(n: number) => import("./offline.js").Actor} actorAt @returns {Card} */
export function cardOf(data, i, actorAt) {
  const s = data.statements;
  const relation = data.relations[s.relation[i]];
  const status = data.statuses[s.status[i]];
  const sign = status === "negated" ? 0 : relation.sign;
  const span = (/** @type {number} */ k) => s.spans[6 * i + k];
  const article = s.article[i];
  const roles = /** @type {Mark["role"][]} */ (["source", "target", "trigger"]);
  return {
    id: s.id[i],
    source: actorAt(s.source[i]),
    target: actorAt(s.target[i]),
    relation: relation.code,
    sign,
    heat: sign * relation.heat,
    status,
    confidence: s.confidence[i],
    start: s.start[i],
    end: s.end[i],
    precision: data.precisions[s.precision[i]],
    sentence: data.sentences[s.sentence[i]],
    marks: roles
      .map((role, k) => ({ start: span(2 * k), end: span(2 * k) + span(2 * k + 1), role }))
      .filter((m) => m.start >= 0),
    via: s.via[i].map((/** @type {number} */ w) => data.words[w]),
    speakers: s.speakers[i].map((/** @type {[number, number]} */ [who, side]) => ({
      name: data.actors.name[who],
      side: who === side ? "" : data.actors.name[side],
    })),
    rule: data.rules[s.rule[i]],
    place: data.words[s.place[i]],
    article: {
      url: data.articles.url[article],
      title: data.articles.title[article],
      publisher: data.publishers[data.articles.publisher[article]],
      published: data.articles.published[article],
    },
    report: data.articles.copyOf[article],
    copies: [],
  };
}

/**
 * Fold near-copies: the same claim in the same words, or in an article and its copy.
 * @param {Card[]} cards @returns {Card[]} newest first
 */
export function fold(cards) {
  /** @type {Map<string, Card>} */
  const first = new Map();
  const sorted = [...cards].sort((x, y) => y.start - x.start || (x.id < y.id ? -1 : 1));
  for (const card of sorted) {
    const words = folded(card.sentence).replace(/[^\p{L}\p{N}]+/gu, " ");
    const claim = [card.source.id, card.relation, card.target.id, card.status].join(" ");
    const report = `${claim} in ${card.report}`;
    const known = first.get(`${claim}: ${words}`) ?? first.get(report);
    if (known) known.copies.push(card);
    else {
      first.set(`${claim}: ${words}`, card);
      first.set(report, card);
    }
  }
  const kept = new Set(first.values());
  return sorted.filter((card) => kept.has(card));
}

/**
 * What a chart needs of each statement that counts: day and signed intensity in tenths.
 * @param {Card[]} cards @param {string[]} statuses @returns {{day: number, heat: number, n: number}[]}
 */
export function series(cards, statuses) {
  return cards.filter((c) => c.start && statuses.includes(c.status)).map((c) => ({ day: c.start, heat: c.heat, n: 1 }));
}

/**
 * A sentence cut where marks start and end; where marks overlap the first one given counts.
 * @param {string} sentence @param {Mark[]} marks @returns {{text: string, role: Mark["role"] | ""}[]}
 */
export function pieces(sentence, marks) {
  const cuts = new Set([0, sentence.length]);
  for (const m of marks) cuts.add(m.start).add(m.end);
  const at = [...cuts].filter((c) => c >= 0 && c <= sentence.length).sort((x, y) => x - y);
  /** @type {{text: string, role: Mark["role"] | ""}[]} */
  const found = [];
  for (let k = 0; k + 1 < at.length; k++) {
    const role = marks.find((m) => m.start <= at[k] && at[k + 1] <= m.end)?.role ?? "";
    const text = sentence.slice(at[k], at[k + 1]);
    const last = found[found.length - 1];
    if (last && last.role === role) last.text += text;
    else found.push({ text, role });
  }
  return found;
}
