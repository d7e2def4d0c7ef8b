// The time range: bars of friendly statements above the line, hostile below, and two handles to move with mouse or keys.

import { binWords, ticksOf } from "./bins.js";
import { el, refill, svg } from "./dom.js";
import { dayOf, iso, many } from "./words.js";

/**
 * @param {HTMLElement} box
 * @param {(from: string, to: string) => void} changed empty strings where the range is open
 * @param {number} older statements before the first bar, counted in it
 */
export function createRange(box, changed, older) {
  const chart = svg("svg", { class: "histogram", preserveAspectRatio: "none", "aria-hidden": "true" });
  const shade = [el("div", { class: "shade" }), el("div", { class: "shade" })];
  const low = handle("First day shown");
  const high = handle("Last day shown");
  const from = field("From");
  const to = field("To");
  const note = el("span", { class: "note" });
  const all = el("button", { type: "button", class: "plain", on: { click: () => changed("", "") } }, "All dates");
  const track = el("div", { class: "track" }, chart, shade, low, high);
  const axis = el("div", { class: "ticks", "aria-hidden": "true" });
  refill(box, el("div", { class: "dates" }, from.label, to.label, all, note), track, axis);

  /** @type {import("./bins.js").Bins} */
  let bins = { unit: "month", starts: [] };
  let ends = [0, 0]; // bins, the second one past the last

  /** @param {string} label */
  function handle(label) {
    return el("div", { class: "handle", role: "slider", tabindex: 0, "aria-label": label });
  }

  /** @param {string} label */
  function field(label) {
    const input = el("input", { type: "date" });
    return { input, label: el("label", {}, label, " ", input) };
  }

  const count = () => bins.starts.length - 1;

  /** @param {number} first @param {number} past bins */
  function choose(first, past) {
    const [a, b] = [Math.max(0, Math.min(first, count() - 1)), Math.max(1, Math.min(past, count()))];
    changed(a <= 0 ? "" : iso(bins.starts[a]), b >= count() ? "" : iso(bins.starts[b] - 1));
  }

  /** @param {0 | 1} which @param {number} bin */
  function set(which, bin) {
    if (which === 0) choose(Math.min(bin, ends[1] - 1), ends[1]);
    else choose(ends[0], Math.max(bin, ends[0] + 1));
  }

  for (const [which, node] of /** @type {[0 | 1, HTMLElement][]} */ ([[0, low], [1, high]])) {
    node.addEventListener("keydown", (event) => {
      const steps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -12, PageUp: 12 };
      const step = steps[/** @type {keyof typeof steps} */ (event.key)];
      if (step) set(which, ends[which] + step);
      else if (event.key === "Home") set(which, 0);
      else if (event.key === "End") set(which, count());
      else return;
      event.preventDefault();
    });
    drag(node, (bin) => set(which, Math.round(bin)));
  }
  let anchor = 0;
  drag(chart, (bin, start) => {
    if (start) anchor = bin;
    choose(Math.floor(Math.min(anchor, bin)), Math.ceil(Math.max(anchor, bin, Math.min(anchor, bin) + 0.01)));
  });
  from.input.addEventListener("change", () => changed(from.input.value, to.input.value));
  to.input.addEventListener("change", () => changed(from.input.value, to.input.value));

  /** @param {Element} node @param {(bin: number, start: boolean) => void} act */
  function drag(node, act) {
    const bin = (/** @type {any} */ event) => {
      const area = track.getBoundingClientRect();
      return ((event.clientX - area.left) / area.width) * count();
    };
    node.addEventListener("pointerdown", (/** @type {any} */ event) => {
      if (!count() || event.button) return;
      node.setPointerCapture(event.pointerId);
      act(bin(event), true);
      const moved = (/** @type {any} */ e) => act(bin(e), false);
      node.addEventListener("pointermove", moved);
      node.addEventListener("pointerup", () => node.removeEventListener("pointermove", moved), { once: true });
    });
  }

  return {
    /** @param {import("./offline.js").View} view @param {import("./state.js").State} state */
    show(view, state) {
      ({ bins } = view);
      box.hidden = count() < 1;
      if (count() < 1) return;
      drawBars(chart, view);
      const ticks = ticksOf(bins, box.clientWidth < 500 ? 5 : 12).filter(({ k }) => k < 0.95 * count()); // the last would be cut
      refill(axis, ticks.map(({ k, words }) => el("span", { style: { left: `${(100 * k) / count()}%` } }, words)));
      const [first, last] = [dayOf(state.from), dayOf(state.to)];
      const start = first ? Math.max(0, bins.starts.findLastIndex((d) => d <= first)) : 0;
      const past = last ? bins.starts.findIndex((d) => d > last) : count();
      ends = [start, past < 0 ? count() : Math.max(past, start + 1)];
      [low, high].forEach((node, k) => {
        node.style.setProperty("left", `${(100 * ends[k]) / count()}%`);
        node.setAttribute("aria-valuemin", "0");
        node.setAttribute("aria-valuemax", String(count()));
        node.setAttribute("aria-valuenow", String(ends[k]));
        node.setAttribute("aria-valuetext", binWords(bins, k ? ends[1] - 1 : ends[0]));
      });
      shade[0].style.setProperty("width", `${(100 * ends[0]) / count()}%`);
      shade[1].style.setProperty("width", `${100 - (100 * ends[1]) / count()}%`);
      from.input.value = state.from || iso(bins.starts[0]);
      to.input.value = state.to || iso(bins.starts[count()] - 1);
      all.hidden = !state.from && !state.to;
      note.textContent = [older && `${many(older, "statement")} older`, view.undated && `${view.undated} without a date`].filter(Boolean).join(", ");
    },
  };
}

/** @param {SVGElement} chart @param {import("./offline.js").View} view */
function drawBars(chart, view) {
  const { friendly, hostile, neutral } = view.histogram;
  const up = Math.max(1, ...friendly.map((n, k) => n + neutral[k]));
  const down = Math.max(1, ...hostile);
  const unit = 100 / (up + down);
  const zero = up * unit;
  chart.setAttribute("viewBox", `0 0 ${friendly.length} 100`);
  const bar = (/** @type {number} */ k, /** @type {number} */ y, /** @type {number} */ n, /** @type {string} */ cls) =>
    n > 0 && svg("rect", { x: k + 0.08, y, width: 0.84, height: n * unit, class: cls });
  refill(
    chart,
    friendly.map((n, k) => [
      bar(k, zero - n * unit, n, "friendly"),
      bar(k, zero - (n + neutral[k]) * unit, neutral[k], "neutral"),
      bar(k, zero, hostile[k], "hostile"),
    ]),
    svg("line", { x1: 0, x2: friendly.length, y1: zero, y2: zero, class: "axis" }),
  );
}
