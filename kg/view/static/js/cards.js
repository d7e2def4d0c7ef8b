// Evidence cards as the reader sees them: the sentence with its marks, who says so, how sure, when and where from.

import { button, el, link } from "./dom.js";
import { pieces } from "./evidence.js";
import { dayWords, many, relationWords, statusWords } from "./words.js";

const AT_ONCE = 15;
const ROLES = { source: "who acts", target: "towards whom", trigger: "the words that say so" };

/**
 * Cards, a few at a time.
 * @param {import("./evidence.js").Card[]} cards @param {any} app @returns {HTMLElement}
 */
export function cardList(cards, app) {
  const list = el("ol", { class: "cards" });
  const more = button("", () => add(true), { class: "more" });
  let shown = 0;
  /** @param {boolean} [asked] */
  function add(asked) {
    const next = cards.slice(shown, shown + AT_ONCE).map((card) => el("li", {}, cardNode(card, app)));
    list.append(...next);
    shown += next.length;
    more.hidden = shown >= cards.length;
    more.textContent = `Show ${many(Math.min(AT_ONCE, cards.length - shown), "more statement")} of ${cards.length - shown}`;
    if (asked && next[0]) {
      next[0].tabIndex = -1;
      next[0].focus();
    }
  }
  add();
  return el("div", {}, cards.length ? list : el("p", { class: "note" }, "Nothing is said in what the filters let through."), more);
}

/** @param {import("./evidence.js").Card} card @param {any} app */
function cardNode(card, app) {
  const tone = card.sign > 0 ? "friendly" : card.sign < 0 ? "hostile" : "neutral";
  const usual = card.status === "actual";
  return el(
    "article",
    { class: `card ${tone}`, data: { statement: card.id } },
    el(
      "h4",
      {},
      actorLink(card.source, app),
      el("span", { class: "relation" }, ` ${relationWords(card.relation)} `),
      actorLink(card.target, app),
      !usual && el("span", { class: `status ${card.status}` }, statusWords(card.status)),
    ),
    el("blockquote", {}, pieces(card.sentence, card.marks).map(({ text, role }) => (role ? el("mark", { class: role, title: ROLES[role] }, text) : text))),
    readings(card),
    said(card),
    el(
      "p",
      { class: "note" },
      [dayWords(card.start, card.precision), card.place, `confidence ${card.confidence} %`, card.rule && `rule ${card.rule}`].filter(Boolean).join(" · "),
    ),
    el("p", { class: "note origin" }, origin(card)),
    card.copies.length > 0 && copies(card),
    app.source.review?.controls(card, app),
  );
}

/** @param {import("./offline.js").Actor} actor @param {any} app */
function actorLink(actor, app) {
  const side = app.state.level === "sides" && !app.state.open.includes(app.source.side(actor.id)) ? app.source.side(actor.id) : "";
  return [
    button(actor.name, () => app.pick(side || actor.id), { class: "link" }),
    side && el("span", { class: "note" }, ` (${app.source.actor(side)?.name ?? side})`),
  ];
}

/** How mentions were read whose words do not say it. @param {import("./evidence.js").Card} card */
function readings(card) {
  const lines = ["source", "target"]
    .map((role, k) => {
      const mark = card.marks.find((m) => m.role === role);
      const words = mark ? card.sentence.slice(mark.start, mark.end) : "";
      const name = /** @type {any} */ (card)[role].name;
      if (!card.via[k] && words) return "";
      return `${words ? `“${words}”` : "not named in this sentence"} is ${name}${card.via[k] ? ` (${card.via[k]})` : ""}`;
    })
    .filter(Boolean);
  return lines.length > 0 && el("p", { class: "note" }, lines.join("; "));
}

/** Modality, polarity and who says it, in words. @param {import("./evidence.js").Card} card */
function said(card) {
  const status = statusWords(card.status);
  const [outer, ...inner] = card.speakers.map((s) => (s.side ? `${s.name} (${s.side})` : s.name));
  const who = outer ? `said by ${outer}${inner.map((name) => `, who quotes ${name}`).join("")}` : "in the article's own words";
  return el("p", { class: "said" }, `${status[0].toUpperCase()}${status.slice(1)}, ${who}`);
}

/** @param {import("./evidence.js").Card} card */
function origin(card) {
  const { publisher, title, url, published } = card.article;
  const name = title || url || "source";
  return [
    publisher && `${publisher}: `,
    url ? link(url, name) : name,
    published > 0 && published !== card.start && `, ${dayWords(published)}`,
  ];
}

/** @param {import("./evidence.js").Card} card */
function copies(card) {
  return el(
    "details",
    { class: "copies" },
    el("summary", {}, `Also in ${many(card.copies.length, "near-copy", "near-copies")}`),
    el("ul", {}, card.copies.map((c) => el("li", {}, origin(c)))),
  );
}
