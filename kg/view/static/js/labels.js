// Where names stand so that none covers another: the strongest first, below, above or beside its actor, else not at all.

/**
 * @typedef {object} Box in pixels of the screen
 * @property {number} left
 * @property {number} top
 * @property {number} right
 * @property {number} bottom
 *
 * @typedef {object} Wanted
 * @property {string} id
 * @property {string[]} lines
 * @property {number} x middle of the actor on the screen
 * @property {number} y
 * @property {number} r half its size
 * @property {boolean} must shown even where it covers something
 *
 * @typedef {Box & {align: -1 | 0 | 1}} Spot ``align`` says to which side the lines keep
 * @typedef {Spot & {id: string, lines: string[], must: boolean}} Label
 */

export const LINE = 15;
const GAP = 3;
const LONGEST_LINE = 20;
const CELL = 80;

/** A name in one or two lines. @param {string} name @returns {string[]} */
export function wrap(name) {
  if (name.length <= LONGEST_LINE) return [name];
  const words = name.split(" ");
  let first = words.shift() ?? "";
  while (words.length && first.length + words[0].length < Math.max(12, name.length / 2)) first += ` ${words.shift()}`;
  return [first, words.join(" ")].filter(Boolean).map((line) => (line.length > 26 ? `${line.slice(0, 25)}…` : line));
}

/**
 * @param {Wanted[]} wanted most important first
 * @param {(line: string) => number} measure width of a line
 * @param {Box} frame names that fit into it are kept in it
 * @returns {Label[]}
 */
export function placeLabels(wanted, measure, frame) {
  const taken = cells();
  for (const w of wanted) taken.add({ left: w.x - w.r, right: w.x + w.r, top: w.y - w.r, bottom: w.y + w.r }, w.id);
  /** @type {Label[]} */
  const placed = [];
  for (const w of wanted) {
    const width = Math.max(...w.lines.map(measure)) + 4;
    const all = spots(w, width, w.lines.length * LINE);
    const choice = [...all.filter((box) => inside(box, frame)), ...all.filter((box) => !inside(box, frame))];
    const free = choice.find((box) => !taken.hit(box, w.id));
    const box = free ?? (w.must ? choice[0] : null);
    if (!box) continue;
    taken.add(box, "");
    placed.push({ ...box, id: w.id, lines: w.lines, must: w.must && !free });
  }
  return placed;
}

/** Boxes by the cells of a grid that they touch. */
function cells() {
  /** @type {Map<string, {box: Box, owner: string}[]>} */
  const grid = new Map();
  const each = (/** @type {Box} */ box, /** @type {(key: string) => boolean | void} */ act) => {
    for (let x = Math.floor(box.left / CELL); x <= Math.floor(box.right / CELL); x++)
      for (let y = Math.floor(box.top / CELL); y <= Math.floor(box.bottom / CELL); y++) if (act(`${x} ${y}`)) return true;
    return false;
  };
  return {
    /** @param {Box} box @param {string} owner */
    add(box, owner) {
      each(box, (key) => {
        const list = grid.get(key);
        if (list) list.push({ box, owner });
        else grid.set(key, [{ box, owner }]);
      });
    },
    /** @param {Box} box @param {string} owner whose own boxes are no hindrance */
    hit(box, owner) {
      return each(box, (key) => grid.get(key)?.some((o) => o.owner !== owner && overlap(box, o.box)) ?? false);
    },
  };
}

/** Where the lines of a label start, end or have their middle. @param {Label} label @returns {number} */
export function anchor({ left, right, align }) {
  return align < 0 ? left + 2 : align > 0 ? right - 2 : (left + right) / 2;
}

/** @param {Box} a @param {Box} frame */
function inside(a, frame) {
  return a.left >= frame.left && a.right <= frame.right && a.top >= frame.top && a.bottom <= frame.bottom;
}

/** @param {Box} a @param {Box} b */
export function overlap(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** @param {Wanted} w @param {number} width @param {number} height @returns {Spot[]} best first */
function spots(w, width, height) {
  const box = (/** @type {number} */ left, /** @type {number} */ top, /** @type {Spot["align"]} */ align) => ({
    left, right: left + width, top, bottom: top + height, align,
  });
  const { x, y, r } = w;
  const side = r + GAP + 1;
  const middle = x - width / 2;
  return [
    box(middle, y + r + GAP, 0),
    box(middle, y - r - GAP - height, 0),
    box(x + side, y - height / 2, -1),
    box(x - side - width, y - height / 2, 1),
    box(x + side * 0.6, y + side * 0.55, -1),
    box(x - side * 0.6 - width, y + side * 0.55, 1),
    box(x + side * 0.6, y - side * 0.55 - height, -1),
    box(x - side * 0.6 - width, y - side * 0.55 - height, 1),
  ];
}
