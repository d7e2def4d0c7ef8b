// Time in bins: days, weeks, months or years, whichever gives a readable number of bars.

import { dayOf, dayWords, iso } from "./words.js";

const MOST_MONTHS = 180;
const STEPS = { day: [1, 2, 7, 14, 28], week: [1, 2, 4, 8, 13], month: [1, 3, 6, 12, 24, 60], year: [1, 2, 5, 10, 20, 50] };

/**
 * @typedef {object} Bins
 * @property {"day" | "week" | "month" | "year"} unit
 * @property {number[]} starts first day of each bin, and one past the last
 */

/** @param {number} first @param {number} last days @param {boolean} [weeks] whether weeks will do @returns {Bins} */
export function binsOf(first, last, weeks = true) {
  if (!first) return { unit: "month", starts: [] };
  const days = last - first + 1;
  /** @type {Bins["unit"]} */
  const unit = days <= 62 ? "day" : weeks && days <= 280 ? "week" : days / 30 <= MOST_MONTHS ? "month" : "year";
  const starts = [];
  for (let day = binStart(first, unit); day <= last; day = nextStart(day, unit)) starts.push(day);
  starts.push(nextStart(starts[starts.length - 1], unit));
  return { unit, starts };
}

/** @param {number} day @param {Bins["unit"]} unit */
function binStart(day, unit) {
  if (unit === "day") return day;
  if (unit === "week") return day - ((day + 6) % 7); // ordinal 1 was a Monday
  return dayOf(`${iso(day).slice(0, unit === "month" ? 7 : 4)}${unit === "month" ? "" : "-01"}-01`);
}

/** @param {number} start @param {Bins["unit"]} unit */
function nextStart(start, unit) {
  if (unit === "day") return start + 1;
  if (unit === "week") return start + 7;
  return binStart(start + (unit === "month" ? 31 : 366), unit);
}

/** @param {Bins} bins @param {number} day @returns {number} the number of the bin, the first one for what is older, -1 without a day */
export function binOf(bins, day) {
  const { starts } = bins;
  if (starts.length < 2 || day <= 0 || day >= starts[starts.length - 1]) return -1;
  let low = 0;
  let high = starts.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= day) low = middle;
    else high = middle;
  }
  return low;
}

/** @param {Bins} bins @param {number} k @returns {string} */
export function binWords(bins, k) {
  const { unit, starts } = bins;
  if (unit === "week") return `week of ${dayWords(starts[k])}`;
  return dayWords(starts[k], unit);
}

/** Where an axis is labelled: at round months and years. @param {Bins} bins @param {number} most @returns {{k: number, words: string}[]} */
export function ticksOf(bins, most) {
  const { unit, starts } = bins;
  const count = starts.length - 1;
  const step = STEPS[unit].find((s) => count / s <= most) ?? Infinity;
  const number = (/** @type {number} */ k) => {
    if (unit === "day" || unit === "week") return k;
    const [year, month] = iso(starts[k]).split("-").map(Number);
    return unit === "year" ? year : 12 * year + month - 1;
  };
  const words = (/** @type {number} */ k) => {
    if (unit === "year" || (unit === "month" && step >= 12)) return dayWords(starts[k], "year");
    const day = dayWords(starts[k], unit === "month" ? "month" : "day");
    return unit === "month" ? day : day.slice(0, -5); // the dates beside it say the year
  };
  const found = [];
  for (let k = 0; k < count; k++) if (number(k) % step === 0) found.push({ k, words: words(k) });
  return found;
}
