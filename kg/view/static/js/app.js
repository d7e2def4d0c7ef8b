// The application: one state, changed in one place, drawn from a source.

import { announce, byId, notice, refill } from "./dom.js";
import { badges, changesPanel } from "./changes.js";
import { actorPanel, pairPanel, wayPanel } from "./panels.js";
import { place } from "./place.js";
import { isDark, setTheme } from "./palette.js";
import { keyOf, sceneOf } from "./scene.js";
import { fromHash, sameView, toHash } from "./state.js";
import { caption, isPart, summaryPanel } from "./summary.js";
import { reduce } from "./tally.js";
import { iso } from "./words.js";

const NEIGHBOURS = 12;
const MANY_NEW = 0.5;
const MOST_STRETCH = 2;
const AGAIN = 1500; // milliseconds until a server that still reads the graph is asked again
const SMALL_SCREEN = { actors: 20, ties: 50 };

/**
 * @param {any} source offline.js or live.js
 * @param {any} graph graph.js
 * @param {{filters: any, range: any, table: any, renew: () => void}} parts filled in once they exist
 */
export function createApp(source, graph, parts) {
  const { data } = source;
  /** @type {Record<string, Map<string, {x: number, y: number}>>} */
  const places = { sides: new Map(), actors: new Map() };
  for (const [level, first] of Object.entries(data.places ?? {}))
    places[level] = new Map(Object.entries(/** @type {any} */ (first)).map(([id, [x, y]]) => [id, { x, y }]));
  let turn = 0;
  let growing = 0;
  let behind = true; // whether the panel does not yet show what was asked for
  let fitted = "";
  /** @type {Set<string>} */
  const stretched = new Set();
  /** @type {string[]} */
  let lately = [];

  const app = {
    source,
    graph,
    state: beginning(data.statuses),
    /** @type {import("./offline.js").View} */
    view: { ids: [], pairs: [], weight: new Map(), totals: { actors: 0, pairs: 0, statements: 0 }, bins: { unit: "month", starts: [] }, histogram: { friendly: [], hostile: [], neutral: [] }, undated: 0 },
    /** @type {{changes: import("./changes.js").Change[], counts: Record<string, number>}} */
    changes: { changes: [], counts: { turned: 0, appeared: 0, ended: 0 } },
    /** The way that is shown, step by step. @type {import("./tally.js").Pair[]} */
    steps: [],
    caption: () => caption(app, app.view),

    /** @param {Partial<import("./state.js").State>} patch @param {boolean} [focus] move the focus to the panel */
    async update(patch, focus = false) {
      const before = app.state;
      app.state = { ...before, ...patch };
      const hash = toHash(app.state);
      if (hash !== location.hash.slice(1)) history.pushState(null, "", hash ? `#${hash}` : location.pathname + location.search);
      await app.render(!sameView(before, app.state));
      if (focus) /** @type {HTMLElement | null} */ (document.querySelector("#panel h2"))?.focus();
    },

    /**
     * @param {boolean} anew whether to count again @param {boolean} [free] whether everybody may move
     * @param {boolean} [calm] whether what is being read in the panel stays
     */
    async render(anew, free = false, calm = false) {
      try {
        await draw(anew, free, calm);
      } catch (error) {
        notice(error instanceof Error ? error.message : "The graph does not answer");
        throw error;
      }
    },

    /** @param {string} id @param {boolean} [focus] */
    pick: (id, focus = false) => {
      const keep = app.view.ids.includes(id) ? app.state.keep : [...app.state.keep, id];
      return app.update({ a: id, b: "", way: "", keep }, focus);
    },
    /** @param {string} a @param {string} b @param {boolean} [focus] */
    pickPair: (a, b, focus = false) => {
      const keep = [...app.state.keep, ...[a, b].filter((id) => !app.view.ids.includes(id))];
      return app.update({ a, b, way: "", keep, view: "graph" }, focus);
    },
    async clear() {
      const back = byId("panel").contains(document.activeElement);
      await app.update({ a: "", b: "", way: "" });
      if (back) byId("graph").focus();
    },
    back: () => {
      if (document.body.classList.contains("show-filters")) app.toggle("filters");
      else if (app.state.way) app.update({ way: "" });
      else if (app.state.a) app.clear();
      else if (app.state.before) app.update({ before: "", after: "" });
    },

    /** Add an actor's strongest neighbours, or take them away again. @param {string} id */
    async expand(id) {
      if (app.state.keep.includes(id)) {
        const near = new Set((await source.neighbours(app.state, id)).flatMap((/** @type {any} */ p) => [p.a, p.b]));
        return app.update({ keep: app.state.keep.filter((x) => !near.has(x)), a: id });
      }
      const pairs = (await source.neighbours(app.state, id)).slice(0, NEIGHBOURS);
      const others = pairs.map((/** @type {any} */ p) => (p.a === id ? p.b : p.a));
      const fresh = others.filter((/** @type {string} */ o) => !app.view.ids.includes(o));
      notice(fresh.length ? `${fresh.length} neighbours added` : "Its strongest neighbours are all in view");
      return app.update({ keep: [...new Set([...app.state.keep, id, ...fresh])], a: id, b: "", way: "" });
    },

    /** Show a side's members apart, or together again. @param {string} id */
    open(id) {
      if (!source.memberCount(id) || app.state.level !== "sides") return announce("Nobody is counted under this actor");
      const { open } = app.state;
      const next = open.includes(id) ? open.filter((o) => o !== id) : [...open, id];
      return app.update({ open: next, keep: app.state.keep, a: id, b: "" });
    },

    /** @param {string} a @param {string} b */
    lightPair(a, b) {
      graph.light(lit([a, b], new Set([keyOf({ a, b })])));
    },
    /** @param {number} bloc */
    lightBloc(bloc) {
      const ids = graph.scene.actors.filter((/** @type {any} */ x) => x.bloc === bloc).map((/** @type {any} */ x) => x.id);
      const inside = new Set(ids);
      const ties = app.view.pairs.filter((p) => inside.has(p.a) && inside.has(p.b)).map(keyOf);
      graph.light({ actors: inside, ties: new Set(ties), picked: new Set() });
    },
    arrange() {
      app.render(false, true);
      notice("Arranged anew");
    },
    theme() {
      setTheme(!isDark());
      graph.recolour();
    },
    toggleChanges() {
      if (app.state.before) return app.update({ before: "", after: "" });
      if (!data.first || data.first === data.last) return notice("There is only one date: nothing to compare");
      const middle = Math.round((data.first + data.last) / 2);
      const near = [30, 90, 365].find((days) => days >= (data.last - data.first) / 4) ?? 365;
      return app.update({ before: iso(middle), after: iso(data.last), window: near, a: "", b: "", way: "" });
    },
    /** @param {"filters"} what */
    toggle(what) {
      const shown = document.body.classList.toggle(`show-${what}`);
      byId("filters-button").setAttribute("aria-expanded", String(shown));
      if (shown) byId("filters").querySelector("button")?.focus();
      else byId("filters-button").focus();
    },
    help: () => byId("help").showModal(),
  };

  /** @param {string[]} picked @param {Set<string>} ties */
  function lit(picked, ties) {
    const actors = new Set(picked);
    for (const p of app.view.pairs) if (ties.has(keyOf(p))) actors.add(p.a).add(p.b);
    return { actors, ties, picked: new Set(picked) };
  }

  /** @param {boolean} anew @param {boolean} free @param {boolean} calm */
  async function draw(anew, free, calm) {
    const mine = ++turn;
    const { state } = app;
    behind ||= !calm;
    if (anew) {
      const view = await counted(state);
      const found = state.before && state.after ? await source.changes(state) : null;
      if (mine !== turn) return;
      if (found) {
        const pairs = found.changes.map((/** @type {import("./changes.js").Change} */ c) => c.pair);
        Object.assign(view, reduce(pairs, state.actors, state.ties, state.keep));
        app.changes = found;
      }
      app.view = view;
    }
    const steps = state.a && state.way ? await source.path(state, state.a, state.way) : [];
    if (mine !== turn) return;
    const missing = [...endsOf(steps)].filter((id) => !app.view.ids.includes(id));
    if (missing.length) return app.update({ keep: [...state.keep, ...missing] });
    app.steps = steps;
    const drawn = new Set(app.view.pairs.map(keyOf));
    app.view.pairs.push(...steps.filter((/** @type {any} */ p) => !drawn.has(keyOf(p))));
    show(free);
    // Who reads of somebody is not disturbed by what is being loaded, until all of it is here.
    const reads = () => calm && !behind && Boolean(app.state.a) && (isPart(app.view) || byId("panel").contains(document.activeElement));
    if (!reads()) await panel(mine, reads);
    return undefined;
  }

  /** @param {import("./state.js").State} state @returns {Promise<import("./offline.js").View>} */
  async function counted(state) {
    const view = await source.view(state);
    clearTimeout(growing);
    if (isPart(view)) growing = window.setTimeout(() => app.render(true, false, true), AGAIN);
    if (isPart(view) || !isPart(app.view)) return view;
    await source.renew(); // all of it is here: begin as a fresh page would
    for (const known of Object.values(places)) known.clear();
    stretched.clear();
    parts.renew();
    return source.view(state);
  }

  /** Pull the first drawing to the shape of its box, the way that makes room. @param {Map<string, {x: number, y: number}>} found */
  function stretch(found) {
    const all = [...found.values()];
    const extent = (/** @type {"x" | "y"} */ k) => Math.max(...all.map((p) => p[k])) - Math.min(...all.map((p) => p[k])) + 100;
    const { clientWidth, clientHeight } = byId("graph");
    const ratio = (clientHeight - 60) / (clientWidth - 110) / (extent("y") / extent("x"));
    for (const p of all) {
      if (ratio > 1) p.y *= Math.min(MOST_STRETCH, ratio);
      else p.x *= Math.min(MOST_STRETCH, 1 / ratio);
    }
  }

  /** @param {boolean} free */
  function show(free) {
    const { state, view } = app;
    const known = places[state.level];
    if (view.places) for (const [id, [x, y]] of Object.entries(view.places)) if (!known.has(id)) known.set(id, { x, y });
    const fresh = view.ids.filter((id) => !known.has(id)).length;
    const anew = free || fresh > MANY_NEW * view.ids.length;
    const found = place(view.ids, view.pairs, known, anew);
    if (!stretched.has(state.level)) stretch(found);
    stretched.add(state.level);
    for (const [id, at] of found) known.set(id, at);
    const scene = sceneOf(view, source, state, found, state.before ? badges(app.changes.changes) : undefined);
    document.body.dataset.view = state.view;
    document.body.classList.toggle("picked", Boolean(state.a || state.before));
    graph.show(scene);
    highlight();
    parts.filters.show(state);
    parts.range.show(view, state);
    parts.table.show(view.pairs, state.view === "table");
    byId("caption").textContent = app.caption();
    byId("table-button").setAttribute("aria-pressed", String(state.view === "table"));
    byId("changes-button").setAttribute("aria-pressed", String(Boolean(state.before)));
    const moved = view.ids.length && view.ids.filter((id) => !lately.includes(id)).length > 0.4 * view.ids.length;
    if (fitted !== state.level || anew || moved) graph.fit(!fitted);
    fitted = state.level;
    lately = view.ids;
  }

  function highlight() {
    const { a, b, way } = app.state;
    const none = { actors: new Set(), ties: new Set(), picked: new Set() };
    if (!a || !app.view.ids.includes(a)) return graph.light(none);
    if (way) return graph.light(lit([...endsOf(app.steps)], new Set(app.steps.map(keyOf))));
    const of = app.view.pairs.filter((p) => (b ? (p.a === a && p.b === b) || (p.a === b && p.b === a) : p.a === a || p.b === a));
    graph.light(lit(b ? [a, b] : [a], new Set(of.map(keyOf))));
    const [box, panel] = [byId("graph").getBoundingClientRect(), byId("panel").getBoundingClientRect()];
    const covered = panel.left < box.right && panel.top > box.top && panel.top < box.bottom;
    graph.bring(b ? [a, b] : [a], covered ? panel.top - box.top : box.height);
    return undefined;
  }

  /** @param {number} mine @param {() => boolean} reads whether somebody reads what is there */
  async function panel(mine, reads) {
    const { a, b, way, before } = app.state;
    let parts_;
    if (a && way) parts_ = wayPanel(app, a, way);
    else if (a && b) parts_ = await pairPanel(app, a, b);
    else if (a) parts_ = await actorPanel(app, a);
    else if (before) parts_ = changesPanel(app);
    else parts_ = summaryPanel(app);
    if (mine !== turn || reads()) return;
    refill(byId("panel"), ...parts_);
    behind = false;
    byId("panel").scrollTop = 0;
  }

  addEventListener("popstate", () => {
    const before = app.state;
    app.state = fromHash(location.hash, data.statuses);
    app.render(!sameView(before, app.state));
  });
  return app;
}

/** @param {import("./tally.js").Pair[]} pairs @returns {Set<string>} */
const endsOf = (pairs) => new Set(pairs.flatMap((p) => [p.a, p.b]));

/** What the address says; a small screen begins with less. @param {string[]} statuses */
function beginning(statuses) {
  const state = fromHash(location.hash, statuses);
  return innerWidth < 500 && !location.hash ? { ...state, ...SMALL_SCREEN } : state;
}
