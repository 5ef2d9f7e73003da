import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect } from "./fixtures";

type Found = Awaited<ReturnType<AxeBuilder["analyze"]>>["incomplete"];

/** Fails if axe finds a serious problem on the page. */
export async function expectAccessible(page: Page): Promise<void> {
  const axe = new AxeBuilder({ page }).setLegacyMode(); // there are no frames
  const { violations, incomplete } = await axe
    .options({ resultTypes: ["violations", "incomplete"] }) // one node is enough for all other results
    .analyze();
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  expect(serious.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  expect(unseenIn(incomplete)).toEqual([]);
}

/** Text in exactly the color of its background, which axe takes for intentionally hidden. */
function unseenIn(incomplete: Found): string[] {
  const nodes = incomplete.filter(({ id }) => id === "color-contrast").flatMap((rule) => rule.nodes);
  const isUnseen = ({ any }: (typeof nodes)[number]) =>
    any.some(({ data }) => data?.messageKey === "equalRatio");
  return nodes.filter(isUnseen).map(({ html }) => html);
}
