import styles from "./sparkline.module.css";

type Props = {
  /** One value per day, the last one for today. */
  points: readonly number[];
  /** The limit, drawn as a dashed line. */
  limit?: number;
  /** The value at the upper edge, for lines on one scale; what is beyond is drawn there. By default everything fits. */
  top?: number;
};

const WIDTH = 96;
const HEIGHT = 24;
const EDGE = 2;
const FEWEST = 5;

/**
 * A small line chart of a number, from zero; the text beside it says the same. Renders nothing with fewer than 5
 * points.
 */
export function Sparkline({ points, limit = 0, top = Math.max(1, limit, ...points) }: Props) {
  const last = points.at(-1);
  if (points.length < FEWEST || last === undefined) return null;
  const x = (index: number) => EDGE + (index * (WIDTH - 2 * EDGE)) / (points.length - 1);
  const y = (value: number) => HEIGHT - EDGE - (Math.min(value, top) * (HEIGHT - 2 * EDGE)) / top;
  const line = points.map((value, index) => `${x(index).toFixed(1)},${y(value).toFixed(1)}`).join(" ");
  return (
    <svg className={styles.sparkline} width={WIDTH} height={HEIGHT} aria-hidden>
      {limit > 0 ? <line className={styles.limit} x1="0" x2={WIDTH} y1={y(limit)} y2={y(limit)} /> : null}
      <polyline className={styles.line} points={line} />
      <circle className={styles.last} cx={x(points.length - 1)} cy={y(last)} r="2" />
    </svg>
  );
}
