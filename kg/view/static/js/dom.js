// Building elements. Text reaches the page through textContent only, links only when they are http or https.

const SVG = "http://www.w3.org/2000/svg";

/**
 * @typedef {string | number | Node | null | undefined | false | any[]} Child
 * @typedef {Record<string, any>} Props `on` maps events to handlers, `data` sets data-*, the rest are attributes.
 */

/**
 * @param {string} tag
 * @param {Props} [props]
 * @param {...(Child | Child[])} children
 * @returns {any}
 */
export function el(tag, props = {}, ...children) {
  return fill(document.createElement(tag), props, children);
}

/** @param {string} tag @param {Props} [props] @param {...(Child | Child[])} children @returns {any} */
export function svg(tag, props = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), props, children);
}

/** @param {any} node @param {Props} props @param {any[]} children */
function fill(node, props, children) {
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "on") for (const [event, handler] of Object.entries(value)) node.addEventListener(event, handler);
    else if (name === "data") Object.assign(node.dataset, value);
    else if (name === "style") for (const [key, v] of Object.entries(value)) node.style.setProperty(key, v);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  put(node, children);
  return node;
}

/** @param {Node} node @param {any[]} children */
function put(node, children) {
  for (const child of children.flat(3)) {
    if (child === null || child === undefined || child === false) continue;
    node.appendChild(typeof child === "object" ? child : document.createTextNode(String(child)));
  }
}

/** Replace everything in an element. @param {Element} node @param {...(Child | Child[])} children */
export function refill(node, ...children) {
  node.replaceChildren();
  put(node, children);
}

/** @param {string} id @returns {any} */
export function byId(id) {
  return document.getElementById(id);
}

/** A link, or plain text when the address is not one that a browser may follow. @param {string} url @param {string} text */
export function link(url, text) {
  return safeUrl(url)
    ? el("a", { href: safeUrl(url), target: "_blank", rel: "noopener noreferrer" }, text)
    : el("span", {}, text);
}

/** @param {string} url @returns {string} the address if it is http or https, else nothing */
function safeUrl(url) {
  try {
    const parsed = new URL(url);
    return parsed.protocol === "https:" || parsed.protocol === "http:" ? parsed.href : "";
  } catch {
    return "";
  }
}

/** @param {string} label @param {() => void} act @param {Props} [props] @returns {HTMLButtonElement} */
export function button(label, act, props = {}) {
  return el("button", { type: "button", ...props, on: { click: act } }, label);
}

let speaking = 0;

/** Say something to a screen reader. @param {string} text */
export function announce(text) {
  clearTimeout(speaking);
  speaking = window.setTimeout(() => {
    byId("said").textContent = text;
  }, 60);
}

/** Show a short notice. @param {string} text */
export function notice(text) {
  const box = byId("notice");
  box.textContent = text;
  box.classList.add("shown");
  announce(text);
  window.setTimeout(() => box.classList.remove("shown"), 2600);
}
