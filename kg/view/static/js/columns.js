// The page's data as kg/view/columns.py writes it, unpacked for questions: see there for what each column means.

/** Unpack in place. @param {any} data */
export function unpack(data) {
  const { actors, statements: s, articles } = data;
  const count = s.id.length;
  const sparse = (/** @type {Record<string, any>} */ kept, /** @type {any} */ usual) => {
    const all = new Array(count).fill(usual);
    for (const [i, value] of Object.entries(kept)) all[Number(i)] = value;
    return all;
  };
  for (const key of ["source", "target", "relation", "status", "confidence", "article"]) s[key] = Int32Array.from(s[key]);
  s.start = Int32Array.from(s.start, (/** @type {number} */ day) => day && day + s.epoch);
  s.end = s.start.slice();
  for (const [i, days] of Object.entries(s.days)) s.end[Number(i)] += days;
  s.sourceSide = s.source.slice();
  s.targetSide = s.target.slice();
  for (const [i, [source, target]] of Object.entries(s.sides)) {
    s.sourceSide[Number(i)] = source;
    s.targetSide[Number(i)] = target;
  }
  s.precision = sparse(s.precision, 0);
  s.place = sparse(s.place, 0);
  s.via = sparse(s.via, [0, 0]);
  s.speakers = sparse(s.speakers, []);
  articles.copyOf = articles.url.map((/** @type {string} */ _, /** @type {number} */ n) => articles.copyOf[n] ?? n);
  data.number = new Map(actors.id.map((/** @type {string} */ id, /** @type {number} */ n) => [id, n]));
  data.unlinked = new Set(actors.unlinked);
  data.order = ordered(actors.id);
  sides(data);
}

/** The rank of each actor by its id. @param {string[]} ids */
function ordered(ids) {
  const order = new Int32Array(ids.length);
  const sorted = ids.map((_, n) => n).sort((x, y) => (ids[x] < ids[y] ? -1 : 1));
  sorted.forEach((n, rank) => (order[n] = rank));
  return order;
}

/** Who acts for whom, as the statements say. @param {any} data */
function sides(data) {
  const { statements: s } = data;
  data.members = new Map();
  data.side = new Map();
  for (const [who, side] of [
    [s.source, s.sourceSide],
    [s.target, s.targetSide],
  ])
    for (let i = 0; i < who.length; i++) {
      if (who[i] === side[i]) continue;
      const members = data.members.get(side[i]);
      if (members) members.add(who[i]);
      else data.members.set(side[i], new Set([who[i]]));
      data.side.set(who[i], side[i]);
    }
}
