type Point = readonly [x: number, y: number];

const CENTRE = 20;
const RADIUS = 17;
const TENSION = 0.18;

/** The outline of a seal in a 40×40 box: one point per digit, and the larger the digit, the further out. */
export function sealPath(digits: string): string {
  const points = [...digits].map((digit, i) => pointAt(Number(digit), (i / digits.length) * 2 * Math.PI));
  const at = (i: number) => points.at(i % points.length) ?? [CENTRE, CENTRE];
  const curves = points.map((_, i) => curve(at(i - 1), at(i), at(i + 1), at(i + 2)));
  return `M${pair(at(0))}${curves.join("")}Z`;
}

function pointAt(digit: number, angle: number): Point {
  const radius = RADIUS * (0.84 + (0.16 * digit) / 9);
  return [CENTRE + radius * Math.sin(angle), CENTRE - radius * Math.cos(angle)];
}

/** A smooth curve from b to c with the neighbors a and d (Catmull-Rom). */
function curve(a: Point, b: Point, c: Point, d: Point): string {
  const leave: Point = [b[0] + (c[0] - a[0]) * TENSION, b[1] + (c[1] - a[1]) * TENSION];
  const arrive: Point = [c[0] - (d[0] - b[0]) * TENSION, c[1] - (d[1] - b[1]) * TENSION];
  return `C${pair(leave)} ${pair(arrive)} ${pair(c)}`;
}

function pair([x, y]: Point): string {
  return `${x.toFixed(2)} ${y.toFixed(2)}`;
}
