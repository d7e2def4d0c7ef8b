// Start: read the data, put the parts together, draw.

import { createApp } from "./app.js";
import { signWords } from "./bars.js";
import { button, byId, el, notice, refill } from "./dom.js";
import { drawingSvg } from "./drawing.js";
import { graphGexf, relationsCsv, save, savePng } from "./exports.js";
import { createFilters } from "./filters.js";
import { createGraph } from "./graph.js";
import { createKeyboard, KEYS } from "./keyboard.js";
import { liveSource } from "./live.js";
import { offlineSource } from "./offline.js";
import { recallTheme } from "./palette.js";
import { createRange } from "./range.js";
import { searchField } from "./search.js";
import { createTable } from "./table.js";
import { many, typeWords } from "./words.js";

/** @returns {Promise<any>} the page's application, for tests and for the curious */
async function start() {
  recallTheme();
  const data = JSON.parse(byId("data").textContent);
  const source = data.live ? await liveSource(data) : offlineSource(data);
  /** @type {any} */
  const parts = {};
  /** @type {any} */
  let app = null;
  const graph = createGraph(byId("graph"), {
    actor: (id) => app.pick(id),
    tie: (a, b) => app.pickPair(a, b),
    open: (id) => app.open(id),
    nothing: () => app.state.a && app.clear(),
    over: (what, x, y) => hover(app, what, x, y),
  });
  app = createApp(source, graph, parts);
  parts.renew = () => {
    parts.filters = createFilters(byId("filters"), app);
    parts.range = createRange(byId("time"), (from, to) => app.update({ from, to }), data.older);
  };
  parts.renew();
  parts.table = createTable(byId("table"), app);
  createKeyboard(byId("graph"), app);
  head(app);
  await app.render(true);
  return app;
}

/** @param {any} app */
function head(app) {
  refill(byId("find"), searchField("Find an actor", "Find an actor   /", (text) => app.source.search(text, 10), (actor) => app.pick(actor.id)));
  const blob = (/** @type {string} */ text, /** @type {string} */ type) => new Blob([text], { type });
  const exportsOf = [
    ["Picture (PNG)", () => savePng(app)],
    ["Drawing (SVG)", () => save(blob(drawingSvg(app), "image/svg+xml"), "graph.svg")],
    ["Table (CSV)", () => save(blob(relationsCsv(app), "text/csv"), "relations.csv")],
    ["Graph (GEXF)", () => save(blob(graphGexf(app), "application/gexf+xml"), "graph.gexf")],
    ["Print", () => print()],
  ];
  const menu = byId("export-menu");
  refill(menu, exportsOf.map(([words, act]) => el("li", {}, button(String(words), () => {
    menu.parentElement.open = false;
    /** @type {() => void} */ (act)();
  }))));
  menu.parentElement.addEventListener("keydown", (/** @type {KeyboardEvent} */ e) => {
    if (e.key !== "Escape") return;
    menu.parentElement.open = false;
    e.stopPropagation();
    menu.parentElement.querySelector("summary").focus();
  });
  document.addEventListener("pointerdown", (e) => {
    if (e.target instanceof Node && !menu.parentElement.contains(e.target)) menu.parentElement.open = false;
  });
  const on = (/** @type {string} */ id, /** @type {() => void} */ act) => byId(id).addEventListener("click", act);
  on("filters-button", () => app.toggle("filters"));
  on("table-button", () => app.update({ view: app.state.view === "table" ? "graph" : "table" }));
  on("changes-button", () => app.toggleChanges());
  on("theme-button", () => app.theme());
  on("help-button", () => app.help());
  on("link-button", () => copyLink());
  on("closer", () => app.graph.zoom(1.3));
  on("farther", () => app.graph.zoom(1 / 1.3));
  on("everything", () => app.graph.fit());
  on("arrange", () => app.arrange());
  refill(byId("keys"), KEYS.map(([keys, words]) => [el("dt", {}, keys), el("dd", {}, words)]));
  on("help-close", () => byId("help").close());
  byId("judged-button").hidden = !app.source.review;
  on("judged-button", async () => {
    await app.source.review.list(app);
    byId("judgements").showModal();
  });
  on("judgements-close", () => byId("judgements").close());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => app.graph.recolour());
  onPrint(app);
}

/** On paper the drawing is SVG, sharp at any size, and always on white. @param {any} app */
function onPrint(app) {
  const root = document.documentElement;
  /** @type {string | null} */
  let theme = null;
  const begin = () => {
    theme ??= root.dataset.theme ?? "";
    root.dataset.theme = "light";
    app.graph.recolour();
    const drawing = new DOMParser().parseFromString(drawingSvg(app), "image/svg+xml").documentElement;
    refill(byId("paper"), document.importNode(drawing, true));
  };
  const end = () => {
    if (theme) root.dataset.theme = theme;
    else delete root.dataset.theme;
    theme = null;
    app.graph.recolour();
    refill(byId("paper"));
  };
  addEventListener("beforeprint", begin);
  addEventListener("afterprint", end);
  matchMedia("print").addEventListener("change", ({ matches }) => (matches ? begin() : end()));
}

async function copyLink() {
  try {
    await navigator.clipboard.writeText(location.href);
    notice("Link copied");
  } catch {
    notice("The link is in the address bar");
  }
}

/** @param {any} app @param {{id?: string, tie?: import("./ties.js").Tie} | null} what @param {number} x @param {number} y */
function hover(app, what, x, y) {
  const tip = byId("tip");
  tip.hidden = !what;
  if (!what) return;
  const name = (/** @type {string} */ id) => app.source.actor(id)?.name ?? id;
  if (what.id) {
    const actor = app.source.actor(what.id);
    const members = app.state.level === "sides" ? app.source.memberCount(what.id) : 0;
    refill(tip, el("strong", {}, name(what.id)), el("br"), [typeWords(actor?.type ?? ""), members && `with ${many(members, "member")}`].filter(Boolean).join(", "));
  } else if (what.tie) {
    const { a, b } = what.tie;
    const pair = app.view.pairs.find((/** @type {any} */ p) => p.a === a && p.b === b);
    refill(tip, el("strong", {}, `${name(a)} – ${name(b)}`), el("br"), pair ? signWords(pair) : "");
  }
  const room = byId("graph").clientWidth;
  tip.style.setProperty("left", `${Math.min(x + 14, room - 220)}px`);
  tip.style.setProperty("top", `${y + 16}px`);
}

start().then(
  (app) => {
    /** @type {any} */ (window).kg = app;
    document.body.dataset.ready = "yes";
  },
  (error) => {
    byId("caption").textContent = `The page could not start: ${error.message}`;
    throw error;
  },
);
