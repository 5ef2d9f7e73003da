import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect } from "./fixtures";

type Found = Awaited<ReturnType<AxeBuilder["analyze"]>>["incomplete"];

/** Holds what is on the page to have no serious fault that axe finds. */
export async function expectAccessible(page: Page): Promise<void> {
  const axe = new AxeBuilder({ page }).setLegacyMode(); // there are no frames
  const { violations, incomplete } = await axe
    .options({ resultTypes: ["violations", "incomplete"] }) // of all else one node is enough
    .analyze();
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  expect(serious.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  expect(unseenIn(incomplete)).toEqual([]);
}

/** Words in the very colour of their ground: axe takes them for hidden on purpose. */
function unseenIn(incomplete: Found): string[] {
  const nodes = incomplete.filter(({ id }) => id === "color-contrast").flatMap((rule) => rule.nodes);
  const isUnseen = ({ any }: (typeof nodes)[number]) =>
    any.some(({ data }) => data?.messageKey === "equalRatio");
  return nodes.filter(isUnseen).map(({ html }) => html);
}
