// Colours, read from the style sheet so that light, dark and print have one place.

/**
 * @typedef {object} Palette
 * @property {string} canvas
 * @property {string} ink
 * @property {string} soft
 * @property {string} accent
 * @property {Record<string, string>} kinds by kind of tie
 * @property {string[]} blocs
 * @property {string} plain for actors without a bloc
 */

/** @returns {Palette} */
export function palette() {
  const style = getComputedStyle(document.documentElement);
  const read = (/** @type {string} */ name) => style.getPropertyValue(`--${name}`).trim();
  return {
    canvas: read("canvas"),
    ink: read("ink"),
    soft: read("soft"),
    accent: read("accent"),
    kinds: { friendly: read("friend"), hostile: read("foe"), mixed: read("foe"), neutral: read("neutral") },
    blocs: [0, 1, 2, 3, 4, 5, 6, 7].map((n) => read(`bloc-${n}`)),
    plain: read("plain"),
  };
}

/** @param {Palette} colours @param {number} bloc -1 for none @returns {string} */
export function blocColour(colours, bloc) {
  return colours.blocs[bloc] ?? colours.plain;
}

/** @param {string} hex #rrggbb @param {number} alpha @returns {string} */
export function faded(hex, alpha) {
  const n = Number.parseInt(hex.slice(1), 16);
  return `rgba(${n >> 16},${(n >> 8) & 255},${n & 255},${alpha.toFixed(3)})`;
}

const STORED = "kg-theme";

/** @returns {boolean} */
export function isDark() {
  const said = document.documentElement.dataset.theme;
  return said ? said === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

/** Keep to what was chosen before. A page in a sandbox has no storage and starts as the system does. */
export function recallTheme() {
  try {
    const said = localStorage.getItem(STORED);
    if (said === "dark" || said === "light") document.documentElement.dataset.theme = said;
  } catch {
    // no storage here
  }
}

/** @param {boolean} dark */
export function setTheme(dark) {
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  try {
    localStorage.setItem(STORED, dark ? "dark" : "light");
  } catch {
    // no storage here
  }
}
