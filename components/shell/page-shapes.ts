/** What a page looks like from afar; a list has so many lines of filters and buttons above its table. */
export type Shape = { of: "list"; lines: number } | { of: "cards" | "chart" | "form" };

const SHAPES: [path: RegExp, shape: Shape][] = [
  [/^\/licenses\/\d+$/, { of: "cards" }],
  [/\/capacity$/, { of: "chart" }],
  [/\/signing-keys$/, { of: "list", lines: 0 }],
  [/\/new$/, { of: "form" }],
  [/^\/$|^\/customers(\/[^/]+)?$|\/(keys|deployments|offline)$/, { of: "list", lines: 1 }],
  [/\/(tokens|users)$/, { of: "list", lines: 2 }],
  [/\/audit$/, { of: "list", lines: 2 }],
  [/\/(licenses|assignments)$/, { of: "list", lines: 3 }],
];

export function shapeOf(path: string): Shape {
  return SHAPES.find(([pages]) => pages.test(path))?.[1] ?? { of: "form" };
}

/** The number of the license that a path is about; null where it is about none. */
export function licenseIn(path: string): string | null {
  return /^\/licenses\/(\d+)(?:\/|$)/.exec(path)?.[1] ?? null;
}
