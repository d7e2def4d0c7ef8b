// What the user has chosen, and how it stands in the address. Whatever comes from an address is checked here.

/**
 * @typedef {object} State
 * @property {"sides" | "actors"} level
 * @property {string[]} open sides whose members stand alone
 * @property {string} signs of f, h and n
 * @property {string[]} noRelations codes left out
 * @property {string[]} noTypes actor types left out
 * @property {string[]} noPublishers
 * @property {string[]} statuses
 * @property {number} confidence percent
 * @property {string} from ISO day or empty
 * @property {string} to
 * @property {number} actors how many to show
 * @property {number} ties how many relations to show
 * @property {string[]} keep actors shown whatever their weight
 * @property {string} a the picked actor, or one end of the picked pair
 * @property {string} b
 * @property {string} way path from a to this actor
 * @property {"graph" | "table"} view
 * @property {"bloc" | "type"} colour
 * @property {string} before ISO day of the earlier picture; empty when changes are not shown
 * @property {string} after
 * @property {number} window days that count as the picture of a day
 */

/** @type {State} */
export const DEFAULTS = {
  level: "sides",
  open: [],
  signs: "fhn",
  noRelations: [],
  noTypes: [],
  noPublishers: [],
  statuses: ["actual"],
  confidence: 0,
  from: "",
  to: "",
  actors: 40,
  ties: 90,
  keep: [],
  a: "",
  b: "",
  way: "",
  view: "graph",
  colour: "bloc",
  before: "",
  after: "",
  window: 90,
};

const LONGEST = 40; // items of a list in an address

/** @param {State} state @returns {string} the address's hash, with what differs from the beginning */
export function toHash(state) {
  const said = new URLSearchParams();
  for (const [key, start] of Object.entries(DEFAULTS)) {
    const value = /** @type {any} */ (state)[key];
    if (Array.isArray(value)) {
      if (value.join("\n") !== /** @type {string[]} */ (start).join("\n"))
        for (const item of value.length ? value : [""]) said.append(key, item);
    } else if (value !== start) said.set(key, String(value));
  }
  return said.toString();
}

/** @param {string} hash @param {string[]} statuses those that there are @returns {State} */
export function fromHash(hash, statuses) {
  const said = new URLSearchParams(hash.replace(/^#/, ""));
  const text = (/** @type {string} */ key) => (said.get(key) ?? "").slice(0, 200);
  const list = (/** @type {string} */ key) =>
    said
      .getAll(key)
      .slice(0, LONGEST)
      .filter((s) => s && s.length <= 200);
  const day = (/** @type {string} */ key) => (/^\d{4}-\d\d-\d\d$/.test(text(key)) ? text(key) : "");
  const number = (/** @type {string} */ key, /** @type {number} */ low, /** @type {number} */ high) => {
    const n = Number.parseInt(text(key), 10);
    return Number.isNaN(n) ? /** @type {any} */ (DEFAULTS)[key] : Math.min(high, Math.max(low, n));
  };
  return {
    level: text("level") === "actors" ? "actors" : "sides",
    open: list("open"),
    signs: said.has("signs") ? [..."fhn"].filter((c) => text("signs").includes(c)).join("") : DEFAULTS.signs,
    noRelations: list("noRelations"),
    noTypes: list("noTypes"),
    noPublishers: list("noPublishers"),
    statuses: said.has("statuses") ? list("statuses").filter((s) => statuses.includes(s)) : DEFAULTS.statuses,
    confidence: number("confidence", 0, 100),
    from: day("from"),
    to: day("to"),
    actors: number("actors", 5, 300),
    ties: number("ties", 10, 1500),
    keep: list("keep"),
    a: text("a"),
    b: text("b"),
    way: day("before") ? "" : text("way"), // changes have no ways
    view: text("view") === "table" ? "table" : "graph",
    colour: text("colour") === "type" ? "type" : "bloc",
    before: day("before"),
    after: day("after"),
    window: number("window", 1, 36500),
  };
}

/** Whether two states count the same statements and show the same graph. @param {State} x @param {State} y */
export function sameView(x, y) {
  const rest = { a: "", b: "", way: "", view: "graph", colour: "bloc" };
  return toHash({ ...x, .../** @type {any} */ (rest) }) === toHash({ ...y, .../** @type {any} */ (rest) });
}
