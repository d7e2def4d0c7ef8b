// The panels of an actor, of two actors, and of a way from one to another.

import { kindWords, pairRow, signBar, signWords } from "./bars.js";
import { cardList } from "./cards.js";
import { timeline } from "./chart.js";
import { button, el, link, refill } from "./dom.js";
import { searchField } from "./search.js";
import { shapeIcon } from "./shapes.js";
import { countOf } from "./tally.js";
import { iso, many, relationWords, share, spanWords, typeWords } from "./words.js";

const PARTNERS = 6;

/** @param {any} app @param {string} title @param {any} [icon] */
function heading(app, title, icon) {
  return el(
    "div",
    { class: "heading" },
    el("h2", { tabindex: -1 }, icon, title),
    button("×", () => app.clear(), { class: "close", "aria-label": "Close", title: "Close (Esc)" }),
  );
}

/** @param {any} app @param {string} id @returns {Promise<any[]>} */
export async function actorPanel(app, id) {
  const actor = app.source.actor(id) ?? { id, name: id, type: "Organization", aliases: [], wikidata: "", linked: false };
  const [pairs, found] = await Promise.all([app.source.neighbours(app.state, id), app.source.evidence(app.state, id, "")]);
  const sum = { friendly: 0, hostile: 0, neutral: 0 };
  for (const p of pairs) for (const kind of /** @type {(keyof typeof sum)[]} */ (Object.keys(sum))) sum[kind] += p[kind];
  const partners = el("ul", { class: "rows" });
  const showPartners = (/** @type {number} */ n) => refill(partners, pairs.slice(0, n).map((/** @type {any} */ p) => pairRow(p, app, id)));
  showPartners(PARTNERS);
  const all = button(`All ${pairs.length}`, () => {
    showPartners(pairs.length);
    all.remove();
  }, { class: "more" });
  return [
    heading(app, actor.name, shapeIcon(actor.type)),
    el(
      "p",
      { class: "note" },
      [typeWords(actor.type), actor.linked ? "" : "not in the catalogue", actor.aliases.length ? `also ${actor.aliases.slice(0, 4).join(", ")}` : ""]
        .filter(Boolean)
        .join(" · "),
      actor.wikidata && [" · ", link(`https://www.wikidata.org/wiki/${actor.wikidata}`, `Wikidata ${actor.wikidata}`)],
    ),
    roles(app, actor),
    pairs.length > 0 && el("p", {}, signBar(sum), el("span", { class: "note" }, signWords(sum))),
    actions(app, id),
    el("h3", {}, share(Math.min(PARTNERS, pairs.length), pairs.length, "relation")),
    partners,
    pairs.length > PARTNERS && all,
    app.source.review?.merge(actor, app),
    ...evidenceBlock(app, found, (range, offset) => app.source.evidence({ ...app.state, ...range }, id, "", offset)),
  ];
}

/** Whom an actor acts for, and who acts for it. @param {any} app @param {any} actor */
function roles(app, actor) {
  const side = app.source.side(actor.id);
  const members = app.source.members(actor.id);
  const count = app.source.memberCount(actor.id);
  const apart = app.state.open.includes(actor.id);
  const person = (/** @type {string} */ id) => button(app.source.actor(id)?.name ?? id, () => app.pick(id), { class: "link" });
  return [
    side && el("p", { class: "note" }, "Acts for ", person(side)),
    count > 0 &&
      app.state.level === "sides" &&
      el(
        "details",
        { class: "members", open: apart },
        el("summary", {}, apart ? `${many(count, "member")} shown apart` : `With ${many(count, "member")}`),
        el("p", { class: "note" }, members.slice(0, 30).map((/** @type {string} */ id, /** @type {number} */ k) => [k > 0 && ", ", person(id)]), count > 30 && ` and ${count - 30} more`),
        button(apart ? "Count them together again" : "Show them apart", () => app.open(actor.id)),
      ),
  ];
}

/** @param {any} app @param {string} id */
function actions(app, id) {
  const kept = app.state.keep.includes(id);
  const target = el("div", { class: "target", hidden: true });
  const way = button("Path to…", () => {
    target.hidden = !target.hidden;
    if (!target.hidden) target.querySelector("input")?.focus();
  });
  target.append(
    searchField("Path to", "Path to which actor?", (text) => app.source.search(text, 8), (other) => app.update({ way: other.id, before: "", after: "" })),
  );
  return el(
    "div",
    { class: "actions" },
    button(kept ? "Hide added neighbours" : "Add neighbours", () => app.expand(id), { title: "Show its strongest neighbours (E)" }),
    way,
    target,
  );
}

/** @param {any} app @param {string} a @param {string} b @returns {Promise<any[]>} */
export async function pairPanel(app, a, b) {
  const [pairs, found] = await Promise.all([app.source.neighbours(app.state, a), app.source.evidence(app.state, a, b)]);
  const pair = pairs.find((/** @type {any} */ p) => p.a === b || p.b === b);
  const name = (/** @type {string} */ id) => app.source.actor(id)?.name ?? id;
  const link = (/** @type {string} */ id) => button(name(id), () => app.pick(id), { class: "link" });
  return [
    heading(app, `${name(a)} and ${name(b)}`),
    pair
      ? el(
          "p",
          {},
          el("strong", {}, kindWords(pair)),
          ` · ${many(countOf(pair), "statement")}, ${spanWords(pair.first, pair.last)}`,
        )
      : el("p", { class: "note" }, "No statement between them counts under these filters."),
    pair && el("p", {}, signBar(pair), el("span", { class: "note" }, signWords(pair))),
    pair && (pair.forward > 0 || pair.backward > 0) && el(
      "p",
      { class: "note" },
      pair.forward > 0 && [link(pair.a), ` towards ${name(pair.b)}: ${pair.forward}`],
      pair.forward > 0 && pair.backward > 0 && " · ",
      pair.backward > 0 && [link(pair.b), ` towards ${name(pair.a)}: ${pair.backward}`],
    ),
    ...evidenceBlock(app, found, (range, offset) => app.source.evidence({ ...app.state, ...range }, a, b, offset)),
  ];
}

/**
 * @typedef {{cards: import("./evidence.js").Card[], total: number, next: number, series: {day: number, heat: number, n: number}[]}} Evidence
 */

/**
 * A chart, the relations to choose from, and the cards that are left.
 * @param {any} app @param {Evidence} found
 * @param {(range: {from?: string, to?: string}, offset: number) => Promise<Evidence>} ask for what a server did not send at once
 */
function evidenceBlock(app, found, ask) {
  const box = el("div", {});
  const chips = el("div", { class: "chips" });
  const title = el("h3", {});
  let relation = "";
  let words = "";
  let now = found;

  function draw() {
    const cards = now.cards.filter((c) => !relation || c.relation === relation);
    const rest = now.total - now.next;
    const folded = rest > 0 ? 0 : now.total - now.cards.length;
    const count = relation ? share(cards.length, now.cards.length, "statement") : many(now.total, "statement");
    title.textContent = `Evidence: ${count}${words && `, ${words}`}`;
    refill(chips, chipsOf(now.cards));
    refill(
      box,
      folded > 0 && el("p", { class: "note" }, `${many(folded, "near-copy", "near-copies")} folded`),
      cardList(cards, app),
      rest > 0 && button(`Load ${Math.min(rest, now.next)} of ${many(rest, "older statement")}`, older, { class: "more" }),
    );
  }

  async function older() {
    const next = await ask(range, now.next);
    now = { ...next, total: now.total, cards: [...now.cards, ...next.cards] };
    draw();
  }

  /** @param {import("./evidence.js").Card[]} cards */
  function chipsOf(cards) {
    /** @type {Map<string, number>} */
    const codes = new Map();
    for (const card of cards) codes.set(card.relation, (codes.get(card.relation) ?? 0) + 1);
    if (codes.size < 2) return [];
    const choose = (/** @type {string} */ code) => {
      relation = relation === code ? "" : code;
      draw();
      chips.querySelector(`[data-code="${code}"]`)?.focus();
    };
    return [...codes]
      .sort((x, y) => y[1] - x[1] || (x[0] < y[0] ? -1 : 1))
      .map(([code, n]) =>
        button(`${relationWords(code)} ${n}`, () => choose(code), { class: "chip", "aria-pressed": String(code === relation), data: { code } }),
      );
  }

  /** @type {{from?: string, to?: string}} */
  let range = {};
  const chart = timeline(found.series, app.source.data.first, async (days, said) => {
    words = said;
    range = days ? { from: iso(days[0]), to: iso(days[1]) } : {};
    const inside = found.cards.filter((c) => days && c.start >= days[0] && c.start <= days[1]);
    if (!days) now = found;
    else if (found.next < found.total) now = await ask(range, 0);
    else now = { ...found, cards: inside, total: inside.length, next: inside.length };
    draw();
  });
  draw();
  return [chart, title, chips, box];
}

/** @param {any} app @param {string} from @param {string} to @returns {any[]} */
export function wayPanel(app, from, to) {
  const { steps } = app;
  let at = from;
  const onwards = steps.map((/** @type {any} */ p) => {
    const step = { ...p, a: at, b: p.a === at ? p.b : p.a };
    at = step.b;
    return step;
  });
  const name = (/** @type {string} */ id) => app.source.actor(id)?.name ?? id;
  return [
    heading(app, `From ${name(from)} to ${name(to)}`),
    steps.length
      ? el("p", { class: "note" }, `${many(steps.length, "step")}, each the best attested of its kind under these filters.`)
      : el("p", {}, "There is no way between them under these filters."),
    el("ol", { class: "rows steps" }, onwards.map((/** @type {any} */ p) => pairRow(p, app))),
    button(`Back to ${name(from)}`, () => app.update({ way: "" })),
  ];
}
