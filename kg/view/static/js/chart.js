// Between two actors: signed intensity over time, friendly up and hostile down, each bar a way to its sentences.

import { binOf, binsOf, binWords, ticksOf } from "./bins.js";
import { el, refill, svg } from "./dom.js";
import { many } from "./words.js";

const WIDTH = 340;
const HEIGHT = 110;
const WIDEST = 52;
const THICKEST = 22;
const MOST_TICKS = 6;
const CHARACTER = 6;

/**
 * @param {{day: number, heat: number, n: number}[]} series
 * @param {number} start the day at which the page's time starts; what is older counts in the first bar
 * @param {(range: [number, number] | null, words: string) => void} picked days of a bar, null to see all again
 * @returns {HTMLElement | null} nothing when no statement has a date
 */
export function timeline(series, start, picked) {
  if (!series.length) return null;
  const days = series.map((s) => s.day);
  const bins = binsOf(Math.max(start, Math.min(...days)), Math.max(start, ...days), false);
  const bars = bins.starts.slice(1).map(() => ({ plus: 0, minus: 0, count: 0 }));
  for (const { day, heat, n } of series) {
    const bar = bars[binOf(bins, day)];
    bar.count += n;
    if (heat > 0) bar.plus += heat;
    else bar.minus -= heat;
  }
  const up = Math.max(0, ...bars.map((b) => b.plus));
  const down = Math.max(0, ...bars.map((b) => b.minus));
  const unit = (HEIGHT - 26) / Math.max(1, up + down);
  const zero = 4 + up * unit;
  const step = Math.min(WIDEST, WIDTH / bars.length);
  const chart = svg("svg", { class: "timeline", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "group", "aria-label": "Intensity over time" });
  let chosen = -1;

  /** @param {number} k */
  function choose(k) {
    chosen = chosen === k ? -1 : k;
    chart.querySelectorAll("[role=button]").forEach((/** @type {Element} */ node) => {
      node.setAttribute("aria-pressed", String(Number(node.getAttribute("data-k")) === chosen));
    });
    picked(chosen < 0 ? null : [k ? bins.starts[k] : 1, bins.starts[k + 1] - 1], chosen < 0 ? "" : binWords(bins, k));
  }

  /** One stop for Tab, the arrow keys go on. @param {Element} from @param {number} step */
  function walk(from, step) {
    const all = /** @type {HTMLElement[]} */ ([...chart.querySelectorAll("[role=button]")]);
    const next = all[all.indexOf(/** @type {any} */ (from)) + step];
    if (!next) return;
    for (const node of all) node.setAttribute("tabindex", node === next ? "0" : "-1");
    next.focus();
  }

  const parts = bars.map((bar, k) => {
    if (!bar.count) return null;
    const width = Math.min(THICKEST, step * 0.8);
    const x = (k + 0.5) * step - width / 2;
    const words = `${binWords(bins, k)}: ${many(bar.count, "statement")}, friendly ${bar.plus / 10}, hostile ${bar.minus / 10}`;
    return svg(
      "g",
      {
        role: "button", tabindex: -1, "aria-label": words, "aria-pressed": "false", "data-k": k,
        on: {
          click: () => choose(k),
          keydown: (/** @type {KeyboardEvent} */ e) => {
            const step = { ArrowLeft: -1, ArrowRight: 1 }[e.key];
            if (step) walk(/** @type {Element} */ (e.currentTarget), step);
            else if (e.key === "Enter" || e.key === " ") choose(k);
            else return;
            e.preventDefault();
            e.stopPropagation();
          },
        },
      },
      svg("title", {}, words),
      svg("rect", { x: k * step, y: 0, width: step, height: HEIGHT - 18, class: "hit" }),
      svg("rect", { x, y: zero - bar.plus * unit, width, height: bar.plus * unit, class: "friendly" }),
      svg("rect", { x, y: zero, width, height: bar.minus * unit, class: "hostile" }),
      !bar.plus && !bar.minus && svg("rect", { x, y: zero - 1.5, width, height: 3, class: "neutral" }),
    );
  });
  refill(
    chart,
    svg("line", { x1: 0, x2: bars.length * step, y1: zero, y2: zero, class: "axis" }),
    parts,
    labels(bins, step),
  );
  chart.querySelector("[role=button]")?.setAttribute("tabindex", "0");
  return el("figure", { class: "chart" }, el("figcaption", {}, "Intensity over time: friendly above, hostile below"), chart);
}

/** Words below the axis, each where its bar begins. @param {import("./bins.js").Bins} bins @param {number} step */
function labels(bins, step) {
  const ticks = ticksOf(bins, MOST_TICKS);
  const all = ticks.length < 2 ? [{ k: 0, words: binWords(bins, 0) }] : ticks;
  const room = (/** @type {{words: string}} */ tick) => CHARACTER * tick.words.length;
  return all
    .filter((tick, n) => tick.k * step + room(tick) <= WIDTH && (!n || (tick.k - all[n - 1].k) * step >= room(all[n - 1])))
    .map(({ k, words }) => svg("text", { x: k * step, y: HEIGHT - 3 }, words));
}
