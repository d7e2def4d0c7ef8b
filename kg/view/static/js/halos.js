// Blocs as soft shapes behind their actors: discs joined along the shortest tree, filled once so that nothing darkens.

const REACH = 40;
const LONGEST = 190; // members farther apart get discs of their own: a bridge would run through strangers

/**
 * @param {{x: number, y: number, r: number, bloc: number}[]} actors
 * @returns {{bloc: number, path: Path2D}[]} one for each bloc with two actors or more
 */
export function halos(actors) {
  /** @type {Map<number, typeof actors>} */
  const members = new Map();
  for (const actor of actors) {
    if (actor.bloc < 0) continue;
    const list = members.get(actor.bloc);
    if (list) list.push(actor);
    else members.set(actor.bloc, [actor]);
  }
  const found = [];
  for (const [bloc, list] of [...members].sort((x, y) => x[0] - y[0])) {
    if (list.length < 2) continue;
    const path = new Path2D();
    for (const { x, y, r } of list) disc(path, x, y, r + REACH * 0.75);
    for (const [p, q] of tree(list))
      if (Math.hypot(p.x - q.x, p.y - q.y) < LONGEST) capsule(path, p, q, REACH * 0.62);
    found.push({ bloc, path });
  }
  return found;
}

/** @param {Path2D} path @param {number} x @param {number} y @param {number} r */
function disc(path, x, y, r) {
  path.moveTo(x + r, y);
  path.arc(x, y, r, 0, 2 * Math.PI);
  path.closePath();
}

/** A thick line, wound the same way round as the discs. @param {Path2D} path @param {any} p @param {any} q @param {number} r */
function capsule(path, p, q, r) {
  const angle = Math.atan2(q.y - p.y, q.x - p.x);
  path.moveTo(p.x + r * Math.cos(angle + Math.PI / 2), p.y + r * Math.sin(angle + Math.PI / 2));
  path.arc(p.x, p.y, r, angle + Math.PI / 2, angle - Math.PI / 2);
  path.arc(q.x, q.y, r, angle - Math.PI / 2, angle + Math.PI / 2);
  path.closePath();
}

/** The shortest tree through all points (Prim). @template {{x: number, y: number}} P @param {P[]} points @returns {[P, P][]} */
function tree(points) {
  const [start, ...rest] = points;
  let left = rest.map((p) => ({ p, to: start, far: Math.hypot(p.x - start.x, p.y - start.y) }));
  /** @type {[P, P][]} */
  const joined = [];
  while (left.length) {
    const next = left.reduce((x, y) => (y.far < x.far ? y : x));
    joined.push([next.to, next.p]);
    left = left.filter((o) => o !== next);
    for (const o of left) {
      const far = Math.hypot(o.p.x - next.p.x, o.p.y - next.p.y);
      if (far < o.far) Object.assign(o, { to: next.p, far });
    }
  }
  return joined;
}
