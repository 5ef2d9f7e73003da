const STEPS = [1, 2, 2.5, 5, 10];
const MOST = 5;

/** Round numbers from 0 up to `top`, six at most: the grid lines of an axis. Whole numbers only. */
export function roundTicks(top: number): number[] {
  const rough = Math.max(1, top / MOST);
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const factor = STEPS.find((step) => step * magnitude >= rough && Number.isInteger(step * magnitude)) ?? 10;
  const step = factor * magnitude;
  return Array.from({ length: Math.floor(top / step) + 1 }, (_, i) => i * step);
}
