/** The rough layout of a page; for a list, `lines` is the number of lines of filters and buttons above its table. */
export type Shape = { of: "list"; lines: number } | { of: "chart" | "form" };

const SHAPES: [path: RegExp, shape: Shape][] = [
  [/^\/licenses\/\d+$/, { of: "list", lines: 0 }],
  [
    /^\/licenses\/\d+\/(keys|assignments|deployments|audit|capacity\/(used-by|denied|reserved))$/,
    { of: "list", lines: 1 },
  ],
  [/\/capacity$/, { of: "chart" }],
  [/\/(signing-keys|webhooks|directories)$/, { of: "list", lines: 0 }],
  [/\/new$/, { of: "form" }],
  [/^\/$|^\/customers(\/[^/]+)?$|^\/users$|\/(audit|offline)$/, { of: "list", lines: 1 }],
  [/\/(tokens|people|alerts)$/, { of: "list", lines: 2 }],
  [/\/licenses$/, { of: "list", lines: 3 }],
];

export function shapeOf(path: string): Shape {
  return SHAPES.find(([pages]) => pages.test(path))?.[1] ?? { of: "form" };
}

/** The license number in a path; null if there is none. */
export function licenseIn(path: string): string | null {
  return /^\/licenses\/(\d+)(?:\/|$)/.exec(path)?.[1] ?? null;
}
