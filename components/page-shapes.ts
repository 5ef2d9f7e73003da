/** What a page looks like from afar. */
export type Shape = "list" | "cards" | "chart" | "form";

const SHAPES: [path: RegExp, shape: Shape][] = [
  [/^\/$|^\/licenses\/\d+$/, "cards"],
  [/\/capacity$/, "chart"],
  [/^\/customers\/[^/]+$/, "list"],
  [/\/(licenses|customers|users|signing-keys|tokens|audit|keys|assignments|deployments)$/, "list"],
];

export function shapeOf(path: string): Shape {
  return SHAPES.find(([of]) => of.test(path))?.[1] ?? "form";
}

/** The number of the license that a path is about; null where it is about none. */
export function licenseIn(path: string): string | null {
  return /^\/licenses\/(\d+)(?:\/|$)/.exec(path)?.[1] ?? null;
}
