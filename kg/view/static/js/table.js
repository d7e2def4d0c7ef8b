// The relations in view as a table: for screen readers, for print, and for everybody who would rather sort than look.

import { kindWords } from "./bars.js";
import { el, refill } from "./dom.js";
import { captionOf } from "./scene.js";
import { countOf } from "./tally.js";
import { dayWords } from "./words.js";

/** @typedef {{title: string, of: (p: import("./tally.js").Pair) => string | number, text?: (p: import("./tally.js").Pair) => string, number?: boolean, narrow?: boolean}} Column */

/** @param {any} app @returns {Column[]} */
export function columnsOf(app) {
  const name = (/** @type {string} */ id) => app.source.actor(id)?.name ?? id;
  return [
    { title: "Actor", of: (p) => name(p.a) },
    { title: "Other actor", of: (p) => name(p.b) },
    { title: "Tie", of: kindWords },
    { title: "Mostly", of: captionOf },
    { title: "Friendly", of: (p) => p.friendly, number: true },
    { title: "Hostile", of: (p) => p.hostile, number: true },
    { title: "Neutral", of: (p) => p.neutral, number: true },
    { title: "All", of: countOf, number: true },
    { title: "First", of: (p) => p.first, text: (p) => dayWords(p.first), narrow: true },
    { title: "Last", of: (p) => p.last, text: (p) => dayWords(p.last), narrow: true },
  ];
}

/** @param {HTMLElement} box @param {any} app */
export function createTable(box, app) {
  const columns = columnsOf(app);
  let by = 7;
  let down = true;
  let stale = false;
  const printing = matchMedia("print");
  printing.addEventListener("change", () => printing.matches && stale && draw());
  addEventListener("beforeprint", () => stale && draw());
  /** @type {import("./tally.js").Pair[]} */
  let pairs = [];

  function draw() {
    stale = false;
    const { of } = columns[by];
    const rows = [...pairs].sort((p, q) => {
      const [x, y] = [of(p), of(q)];
      const order = typeof x === "number" ? x - Number(y) : String(x).localeCompare(String(y));
      return down ? -order : order;
    });
    const head = columns.map(({ title, number }, k) =>
      el(
        "th",
        { scope: "col", class: number && "number", "aria-sort": k === by ? (down ? "descending" : "ascending") : "none" },
        el("button", { type: "button", on: { click: () => sort(k) } }, title, el("span", { class: "arrow", "aria-hidden": "true" }, k === by ? (down ? " ↓" : " ↑") : "")),
      ),
    );
    const body = rows.map((p) =>
      el(
        "tr",
        { on: { click: () => app.pickPair(p.a, p.b) } },
        columns.map(({ of: value, text, number, narrow }, k) => {
          const words = text ? text(p) : String(value(p));
          if (k === 0) return el("th", { scope: "row" }, el("button", { type: "button", class: "link", "aria-label": `${words} and ${columns[1].of(p)}: evidence` }, words));
          return el("td", { class: number ? "number" : narrow && "narrow-cell" }, words);
        }),
      ),
    );
    refill(box, el("table", { "aria-labelledby": "caption" }, el("thead", {}, el("tr", {}, head)), el("tbody", {}, body)));
  }

  /** @param {number} k */
  function sort(k) {
    down = k === by ? !down : Boolean(columns[k].number) || k > 7;
    by = k;
    draw();
    /** @type {HTMLElement} */ (box.querySelectorAll("thead button")[k]).focus();
  }

  return {
    /** @param {import("./tally.js").Pair[]} shown @param {boolean} seen a table that nobody sees is drawn when it is printed */
    show(shown, seen) {
      pairs = shown;
      stale = true;
      if (seen || printing.matches) draw();
    },
  };
}
