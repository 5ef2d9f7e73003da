import styles from "./looks.module.css";

const MARKS = [
  null,
  <path key="diagonal" className={styles.mark} d="M-2 2l4-4M0 8l8-8M6 10l4-4" />,
  <g key="dots" className={styles.dot}>
    <circle cx="2" cy="2" r="1" />
    <circle cx="6" cy="6" r="1" />
  </g>,
  <path key="back" className={styles.mark} d="M-2 6l4 4M0 0l8 8M6-2l4 4" />,
  <path key="vertical" className={styles.mark} d="M2 0v8M6 0v8" />,
  <path key="grid" className={styles.mark} d="M0 2h8M2 0v8" />,
  <path key="level" className={styles.mark} d="M0 2h8M0 6h8" />,
];

/** The fill of a layer: plain, or with a pattern in print and high contrast, so that layers part without color. */
export function lookFill(look: number): string {
  return `var(--look-${look})`;
}

export const OVERAGE_FILL = "url(#look-overage)";
export const CONE_FILL = "url(#look-cone)";
export const RESERVED_FILL = "url(#look-reserved)";

/** The SVG patterns for charts and legends. */
export function Looks() {
  return (
    <svg className={styles.held} aria-hidden>
      <defs>
        {MARKS.map((mark, look) => (
          <pattern
            key={mark?.key ?? "solid"}
            id={`look-${look}`}
            width="8"
            height="8"
            patternUnits="userSpaceOnUse"
          >
            <rect width="8" height="8" className={styles[`ground${look}`]} />
            {mark}
          </pattern>
        ))}
        <pattern id="look-overage" width="8" height="8" patternUnits="userSpaceOnUse">
          <rect width="8" height="8" className={styles.hatchGround} />
          <path className={styles.hatch} d="M-2 2l4-4M0 8l8-8M6 10l4-4" />
        </pattern>
        <pattern id="look-reserved" width="6" height="6" patternUnits="userSpaceOnUse">
          <path className={styles.reserved} d="M3 0v6" />
        </pattern>
        <pattern id="look-cone" width="4" height="4" patternUnits="userSpaceOnUse">
          <circle className={styles.coneDot} cx="1" cy="1" r="1" />
        </pattern>
      </defs>
    </svg>
  );
}

export function Swatch({ look }: { look: number }) {
  return (
    <svg className={styles.swatch} width="18" height="12" aria-hidden>
      <rect width="18" height="12" rx="2" style={{ fill: lookFill(look) }} />
    </svg>
  );
}
