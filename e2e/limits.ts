import type { Page } from "@playwright/test";

/** Text spacing that readers may set without losing content (WCAG 2.2, 1.4.12). */
const SPACING = `* {
  line-height: 1.5 !important;
  letter-spacing: 0.12em !important;
  word-spacing: 0.16em !important;
}
p { margin-bottom: 2em !important; }`;

/** The window of someone who zooms to 400%, on a screen for fingers. */
const NARROW = { width: 320, height: 640 };

/**
 * What a page in a narrow touch window with reduced motion breaks of 400% zoom, targets, motion and wide text spacing.
 * The page is to be loaded within `visit`; afterwards its window has a mouse again.
 */
export async function limitsOf(page: Page, visit: () => Promise<void>): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const touch = (enabled: boolean) => session.send("Emulation.setTouchEmulationEnabled", { enabled });
  await page.setViewportSize(NARROW);
  await page.emulateMedia({ reducedMotion: "reduce" });
  await touch(true);
  await visit();
  await page.evaluate(() => document.fonts.ready);
  const faults = [
    ...(await tooWide(page)),
    ...(await page.evaluate(faultsIn, "targets" as const)),
    ...(await page.evaluate(runningAnimations)),
  ];
  await page.evaluate(applyStyles, SPACING);
  faults.push(...(await tooWide(page)), ...(await page.evaluate(faultsIn, "texts" as const)));
  await page.evaluate(() => document.adoptedStyleSheets.pop());
  await touch(false);
  await session.detach();
  return faults;
}

async function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth } = document.documentElement;
    if (scrollWidth <= window.innerWidth) return [];
    const boxes = [...document.querySelectorAll<HTMLElement>("body *")];
    const widest = boxes.filter((box) => box.getBoundingClientRect().right >= scrollWidth - 1).at(-1);
    return [
      `${scrollWidth} px wide: ${widest?.localName}.${widest?.className} ${widest?.textContent.slice(0, 40)}`,
    ];
  });
}

/** Adds the styles from a constructed style sheet, because the page's policy forbids style elements. */
function applyStyles(css: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets.push(sheet);
}

function runningAnimations(): string[] {
  return document.getAnimations().map((animation) => {
    const target = animation.effect instanceof KeyframeEffect ? animation.effect.target : null;
    return `moves: ${target?.localName} ${target?.className}`;
  });
}

/**
 * Targets that are too small for a finger, or text that its box doesn't show in full. Inline links, labels of fields
 * and ellipses are exempt.
 */
function faultsIn(what: "targets" | "texts"): string[] {
  const boxes = [...document.querySelectorAll<HTMLElement>("body *")].filter(isSeen);
  return boxes.flatMap(what === "targets" ? asTarget : asText);

  function isSeen(box: HTMLElement): boolean {
    if (!box.checkVisibility({ visibilityProperty: true }) || box.closest("svg")) return false;
    for (let around: HTMLElement | null = box; around; around = around.parentElement) {
      const { clip, clipPath } = getComputedStyle(around);
      if (clip !== "auto" || clipPath === "inset(50%)") return false;
    }
    return true;
  }

  function asTarget(box: HTMLElement): string[] {
    if (!box.matches("a[href], button, summary, select, input, textarea")) return [];
    if (box.matches("a") && getComputedStyle(box).display === "inline") return [];
    if (box.closest("figure")) return []; // a month can also be chosen above the chart
    const label = box.closest("label");
    const isMark = box.matches("[type=checkbox], [type=radio]");
    const labels = isMark && box instanceof HTMLInputElement ? [...(box.labels ?? [])] : [];
    const sizes = [label ?? box, ...labels].map((target) => target.getBoundingClientRect());
    if (sizes.some(({ width, height }) => width >= 43 && height >= 43)) return [];
    return [
      named(box, sizes.map(({ width, height }) => `${Math.round(width)} x ${Math.round(height)}`).join()),
    ];
  }

  function asText(box: HTMLElement): string[] {
    if (box.textContent.trim() === "" || box.closest("select, textarea")) return [];
    const { overflowX, overflowY, textOverflow } = getComputedStyle(box);
    const isLow = isCutting(overflowY) && box.scrollHeight > box.clientHeight + 1;
    const isNarrow = isCutting(overflowX) && box.scrollWidth > box.clientWidth + 1;
    return isLow || (isNarrow && textOverflow !== "ellipsis") ? [named(box, "cut")] : [];
  }

  function isCutting(overflow: string): boolean {
    return overflow === "hidden" || overflow === "clip";
  }

  function named(box: HTMLElement, fault: string): string {
    const name = box.getAttribute("aria-label") ?? box.textContent.trim().slice(0, 40);
    return `${fault}: ${box.localName}.${box.className} ${name}`;
  }
}
