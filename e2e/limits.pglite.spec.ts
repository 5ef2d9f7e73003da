import type { BrowserContext, Page } from "@playwright/test";
import { busyLicense } from "./busy";
import { expect, faultsOf, test } from "./fixtures";
import { pagesOf } from "./pages";

const PARTS = 4;
/** What readers may set by themselves, and nothing may be lost (WCAG 2.2, 1.4.12). */
const SPACING = `* {
  line-height: 1.5 !important;
  letter-spacing: 0.12em !important;
  word-spacing: 0.16em !important;
}
p { margin-bottom: 2em !important; }`;

/** A part of all pages, in a window with touch that has no room and asks for rest: each is loaded once for all rules. */
for (let part = 0; part < PARTS; part++)
  test(`pages stand 400% zoom, touch, less motion and wide text, part ${part + 1} of ${PARTS}`, async ({
    browser,
    baseURL,
    issue,
    target: { owner },
  }) => {
    if ("fault" in owner) throw new Error(owner.fault);
    const options = {
      baseURL,
      viewport: { width: 320, height: 640 },
      hasTouch: true,
      reducedMotion: "reduce",
    } as const;
    const inside = await browser.newContext({ ...options, storageState: owner.storageState });
    const outside = await browser.newContext(options);
    const found: Record<string, string[]> = {};
    const pages = pagesOf(await busyLicense(issue)).filter((_, index) => index % PARTS === part);
    for (const { path, action } of pages) {
      const faults = await faultsAt(action ? inside : outside, path);
      if (faults.length > 0) found[path.replace(/\d{16}/, "…")] = faults;
    }
    expect(found).toEqual({});
    await inside.close();
    await outside.close();
  });

async function faultsAt(context: BrowserContext, path: string): Promise<string[]> {
  const page = await context.newPage();
  const said = faultsOf(page);
  await page.goto(path);
  await page.evaluate(() => document.fonts.ready);
  const faults = [
    ...(await tooWide(page)),
    ...(await page.evaluate(smallTargets)),
    ...(await page.evaluate(moving)),
  ];
  await page.evaluate(wear, SPACING);
  faults.push(...(await tooWide(page)), ...(await page.evaluate(cutOff)));
  await page.close();
  return [...faults, ...said];
}

async function tooWide(page: Page): Promise<string[]> {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  return over > 0 ? [`${over} px wider than the window`] : [];
}

/** The policy of the page forbids a style element. */
function wear(css: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets.push(sheet);
}

/** Controls that a finger can not hit; a link in a sentence is as high as its line, and a label presses its field. */
function smallTargets(): string[] {
  const controls = document.querySelectorAll<HTMLElement>(
    "a[href], button, summary, select, input:not([type=hidden]), textarea",
  );
  return [...controls].flatMap((control) => {
    if (!control.checkVisibility({ visibilityProperty: true, opacityProperty: false })) return [];
    if (control.matches("a") && getComputedStyle(control).display === "inline") return [];
    const label = document.querySelector<HTMLElement>(`label[for="${CSS.escape(control.id || "-")}"]`);
    const isBox = control.matches("[type=checkbox], [type=radio]");
    const target = control.closest("label") ?? (isBox && label ? label : control);
    const { width, height } = target.getBoundingClientRect();
    if (width <= 1 || height <= 1) return []; // for the eyes of nobody
    if (width >= 43.5 && height >= 43.5) return [];
    const name = control.getAttribute("aria-label") ?? control.textContent ?? "";
    return [`${Math.round(width)} x ${Math.round(height)}: ${control.localName} ${name.trim().slice(0, 40)}`];
  });
}

function moving(): string[] {
  return document.getAnimations().map((animation) => {
    const target = animation.effect instanceof KeyframeEffect ? animation.effect.target : null;
    return `moves: ${target?.localName} ${target?.className}`;
  });
}

/** Text that its box does not show whole, and that is not cut with an ellipsis on purpose. */
function cutOff(): string[] {
  const boxes = [...document.querySelectorAll<HTMLElement>("body *")].filter(
    (box) => box.checkVisibility({ visibilityProperty: true }) && !box.closest("svg, select, textarea, pre"),
  );
  return boxes.flatMap((box) => {
    const { overflowX, overflowY, textOverflow, clipPath, position } = getComputedStyle(box);
    const isHidden = clipPath !== "none" && position === "absolute";
    const isCut =
      (["hidden", "clip"].includes(overflowY) && box.scrollHeight > box.clientHeight + 1) ||
      (["hidden", "clip"].includes(overflowX) &&
        textOverflow !== "ellipsis" &&
        box.scrollWidth > box.clientWidth + 1);
    if (isHidden || !isCut || box.textContent.trim() === "") return [];
    return [`cut: ${box.localName}.${box.className} ${box.textContent.trim().slice(0, 40)}`];
  });
}
