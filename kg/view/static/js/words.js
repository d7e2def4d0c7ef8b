// Numbers and codes in words.

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const EPOCH = 719163; // the ordinal of 1970-01-01 when 0001-01-01 is day 1
const STATUS_WORDS = {
  actual: "reported as fact",
  intended: "planned",
  possible: "possible",
  conditional: "conditional",
  negated: "denied",
};

/** @param {number} day @returns {Date} */
function dateOf(day) {
  return new Date((day - EPOCH) * 864e5);
}

/** @param {number} day @returns {string} 2018-02-15 */
export function iso(day) {
  return day ? dateOf(day).toISOString().slice(0, 10) : "";
}

/** @param {string} text an ISO day @returns {number} 0 when it is none */
export function dayOf(text) {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return 0;
  const time = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(time) ? 0 : time / 864e5 + EPOCH;
}

/** @param {number} day @param {string} [precision] @returns {string} 15 Feb 2018 */
export function dayWords(day, precision = "day") {
  if (!day) return "no date";
  const d = dateOf(day);
  if (precision === "year") return String(d.getUTCFullYear());
  const month = `${MONTHS[d.getUTCMonth()]} ${d.getUTCFullYear()}`;
  return precision === "month" ? month : `${d.getUTCDate()} ${month}`;
}

/** @param {number} first @param {number} last @returns {string} Feb 2018, or Jan 2014 – Jun 2025 */
export function spanWords(first, last) {
  if (!first) return "no dates";
  const [a, b] = [dayWords(first, "month"), dayWords(last || first, "month")];
  return a === b ? a : `${a} – ${b}`;
}

/** @param {string} code @returns {string} ALLIED_WITH → allied with */
export function relationWords(code) {
  return code.toLowerCase().replaceAll("_", " ");
}

/** @param {string} type @returns {string} ArmedGroup → Armed group */
export function typeWords(type) {
  return type === "IGO" ? "International body" : type.replace(/(?<=[a-z])[A-Z]/g, (c) => ` ${c.toLowerCase()}`);
}

/** @param {string} status @returns {string} */
export function statusWords(status) {
  return STATUS_WORDS[/** @type {keyof typeof STATUS_WORDS} */ (status)] ?? status;
}

/** @param {number} n @param {string} one @param {string} [many] @returns {string} 1,200 actors */
export function many(n, one, many = `${one}s`) {
  return `${n.toLocaleString("en-US")} ${n === 1 ? one : many}`;
}

/** @param {number} n @param {number} all @param {string} word @returns {string} 40 of 500 actors */
export function share(n, all, word) {
  return n === all ? many(n, word) : `${n.toLocaleString("en-US")} of ${many(all, word)}`;
}

/** For search: no case, no accents. @param {string} text @returns {string} */
export function folded(text) {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/ı/g, "i")
    .toLowerCase();
}
