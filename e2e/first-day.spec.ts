import type { Locator, Page } from "@playwright/test";
import { alive, openAlive } from "./alive";
import { busyLicense } from "./busy";
import { seats, spaced, timeAllotment } from "./guide";
import { expect, PASSWORD, signInAs, test } from "./people";
import { activate } from "./product";

test("a license opens at its top even from far down a list, and going back restores the scroll position", async ({
  admin: page,
  issue,
}) => {
  const { number } = await busyLicense(issue);
  await page.setViewportSize({ width: 1000, height: 320 });
  await openAlive(page, `/licenses?q=${number}`);
  await page.evaluate(() => window.scrollTo(0, 150));
  const before = await page.evaluate(() => scrollY);
  expect(before).toBeGreaterThan(50);
  await page.getByRole("link", { name: spaced(number) }).press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  expect(await page.evaluate(() => scrollY)).toBe(0);
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1, name: "Licenses" })).toBeVisible();
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(before);
});

test("a read-only definition is text, readable in both themes", async ({ person, issue }) => {
  const license = await issue({ allotments: [seats(5), timeAllotment()] });
  const { page } = await person("auditor");
  await openAlive(page, `/licenses/${license.number}/definition`);
  const definition = page.getByRole("region", { name: "Definition", exact: true });
  await expect(definition.getByRole("region", { name: "analyzer_time" })).toContainText("minutes");
  await expect(definition.locator("input, textarea, button")).toHaveCount(0);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", colorScheme);
    for (const fact of await definition.getByRole("definition").all())
      expect(await contrastOf(fact), colorScheme).toBeGreaterThan(4.5);
  }
  await definition.getByRole("link", { name: "Show as JSON" }).click();
  await expect(definition.locator("pre")).toContainText('"name": "analyzer_time"');
});

test("the editor warns about a probably unintended allotment before it is saved", async ({
  admin: page,
  issue,
}) => {
  const { number } = await issue({ allotments: [seats(5)] });
  await openAlive(page, `/licenses/${number}/definition`);
  await page.getByRole("button", { name: "Add allotment" }).click();
  await page.getByLabel("Name", { exact: true }).fill("analyzer_time");
  const allotment = page.getByRole("group", { name: "analyzer_time", exact: true });
  const counts = allotment.getByLabel("Measured in");
  await expect(counts).toHaveValue("time");
  await expect(allotment).toContainText("Access: analyzer");
  await counts.selectOption({ label: "Seats, for people" });
  await expect(allotment).toContainText(
    "analyzer_time usually counts minutes, but is set to seats for people.",
  );
  await expect(allotment).toContainText("analyzer_time has no units, so nobody can use it.");
  await counts.selectOption({ label: "Minutes of use" });
  await allotment.getByLabel("analyzer_time, minutes, row 1", { exact: true }).fill("100");
  await expect(allotment.getByRole("status")).toBeEmpty();
});

test("an allotment without units isn't shown as healthy", async ({ admin: page, issue }) => {
  const { number } = await issue({ allotments: [seats(0)] });
  await page.goto(`/licenses/${number}`);
  const badge = page.getByText("No units in force", { exact: true });
  await expect(badge).toHaveAttribute("data-state", "empty");
});

test("no license number and no count is truncated", async ({ admin: page, issue }) => {
  const { number } = await busyLicense(issue);
  await issue({
    allotments: [seats(1_250_000)],
    customer: "A customer with a name that is rather long for a column",
  });
  const license = `/licenses/${number}`;
  for (const path of ["/licenses", "/customers", license, `${license}/keys`, `${license}/assignments`]) {
    await page.goto(path);
    for (const width of [768, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      await expect(page.getByRole("table").first()).toBeVisible();
      expect(await truncatedNumbers(page), `${path} at ${width} px`).toEqual([]);
    }
  }
});

test("the columns of the audit stay readable beside an open panel", async ({ admin: page, issue }) => {
  const { number } = await busyLicense(issue);
  await page.setViewportSize({ width: 1440, height: 900 });
  for (const path of [`/licenses/${number}/audit`, "/audit"]) {
    await openAlive(page, path);
    await page.getByRole("table").getByRole("rowheader").first().getByRole("link").click();
    await expect(page.getByRole("complementary")).toBeVisible();
    const table = page.getByRole("table", { name: /^Events/ });
    const shares = await table.evaluate((element) =>
      [...element.querySelectorAll("thead th")]
        .map((cell) => cell.clientWidth / element.clientWidth)
        .filter((share) => share > 0),
    );
    expect(Math.min(...shares), `${path}: the narrowest column's share of the table`).toBeGreaterThan(1 / 8);
  }
});

test("typed input survives a session that was ended elsewhere", async ({
  person,
  browser,
  baseURL,
  issue,
}) => {
  const { number } = await issue();
  const { page, email } = await person("issuer");
  await openAlive(page, `/licenses/${number}/keys/new`);
  await page.getByLabel("Label").fill("half typed");
  const elsewhere = await browser.newContext({ baseURL });
  const other = await elsewhere.newPage();
  await signInAs(other, email, PASSWORD);
  await expect(other).not.toHaveURL(/\/sign-in/);
  await openAlive(other, "/account");
  await other.getByRole("button", { name: "End all other sessions…" }).click();
  await other.getByRole("dialog").getByRole("button", { name: "End all other sessions" }).click();
  await expect(other.getByRole("row")).toHaveCount(2);

  await page.getByRole("button", { name: "Issue key" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "you were signed out" })).toBeVisible();
  await page.evaluate(() => window.dispatchEvent(new Event("offline")));
  const over = page.getByRole("dialog", { name: "You were signed out" });
  await expect(over).toBeVisible();
  await page.context().addCookies(await elsewhere.cookies());
  await over.getByRole("button", { name: "I've signed in" }).click();
  await expect(over).toBeHidden();
  await expect(page).toHaveURL(/\/keys\/new$/);
  await expect(page.getByLabel("Label")).toHaveValue("half typed");
  await page.getByRole("button", { name: "Issue key" }).click();
  await expect(page.getByRole("button", { name: "Issue another key" })).toBeVisible();
  await elsewhere.close();
});

test("recent changes survive a reload, can still be undone, and store no names in the browser", async ({
  admin: page,
  issue,
}) => {
  const { number } = await issue({ allotments: [seats(3)] });
  await openAlive(page, `/licenses/${number}/assignments`);
  await assign(page, "acme\\reload");
  await expect(page.getByText("1 of 3 seats")).toBeVisible();
  await expect.poll(() => storedChanges(page)).toBe(1);
  await page.reload();
  await alive(page);
  await page.getByRole("button", { name: "Recent changes" }).click();
  const change = page.getByRole("listitem").filter({ hasText: "Assigned acme\\reload to professional." });
  await expect(change).toBeVisible();
  expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage }))).not.toContain("reload");
  await change.getByRole("button", { name: "Undo" }).click();
  await expect(change).toContainText("Undone");
  await expect(page.getByText("No users are assigned.")).toBeVisible();
});

test("an unknown filter is either shown, or ignored with a note", async ({ admin: page, issue }) => {
  const { number, site } = await issue({ allotments: [seats(2), timeAllotment()] });
  await activate(site, { cause: "Initial", source: "s-1" });
  const license = `/licenses/${number}`;
  for (const path of [
    "/licenses?product=Bogus",
    "/licenses?state=bogus",
    "/audit?action=bogus.action",
    `${license}/audit?kind=bogus`,
    `${license}/keys?status=bogus`,
    `${license}/capacity?allotment=bogus`,
    `${license}/capacity?by=bogus`,
    "/?about=bogus",
  ]) {
    const html = await (await page.request.get(path)).text();
    expect(html.replaceAll("<!-- -->", ""), path).toContain(
      "One filter in this link is unknown and was ignored.",
    );
  }
  for (const path of ["/audit?from=soon", `${license}/deployments?before=soon`])
    expect(await (await page.request.get(path)).text(), path).toMatch(/value="soon".*Write a day as/s);
  await page.goto(`${license}/assignments?allotment=bogus&source=nowhere&idle=45`);
  await expect(page.getByRole("combobox", { name: "Allotment" })).toHaveValue("bogus");
  await expect(page.getByRole("combobox", { name: "Deployment" })).toHaveValue("nowhere");
  await expect(page.getByRole("combobox", { name: "Idle" })).toHaveValue("45");
  await page.goto(`${license}/deployments?product=Bogus`);
  await expect(page.getByRole("combobox", { name: "Product" })).toHaveValue("Bogus");
});

test("a second seat is announced before and after it is assigned, and the footer counts it", async ({
  admin: page,
  issue,
}) => {
  const { number } = await issue({ allotments: [seats(2), seats(2, "analyzer")] });
  await openAlive(page, `/licenses/${number}/assignments`);
  await assign(page, "acme\\ada");
  const foot = page.getByText("1 assignment · professional 1 of 2 seats · analyzer 0 of 2 seats");
  await expect(foot).toBeVisible();
  await page.getByRole("link", { name: "Assign", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radio", { name: /^analyzer/ }).check();
  await dialog.getByLabel("Users, one per line").fill("ACME\\Ada");
  const line = dialog.getByRole("listitem").filter({ hasText: "ACME\\Ada" });
  await expect(line).toContainText("Has professional, converts");
  await dialog.getByRole("checkbox", { name: /^Convert 1/ }).uncheck();
  await expect(line).toContainText("Has professional, gets a second seat");
  await dialog.getByRole("button", { name: "Assign" }).click();
  const told = page.getByRole("region", { name: "Notifications" });
  await expect(told).toContainText("ACME\\Ada already had a professional seat, so this is a second seat.");
  await expect(page.getByText("professional 1 of 2 seats · analyzer 1 of 2 seats")).toBeVisible();
});

test("the panel of the bell has room for its entries", async ({ admin: page, issue }) => {
  await busyLicense(issue);
  await page.setViewportSize({ width: 1440, height: 900 });
  await openAlive(page, "/");
  await page.getByRole("button", { name: /^Needs attention/ }).click();
  const panel = page.locator("#bell");
  await expect(panel).toBeInViewport({ ratio: 1 });
  await expect.poll(() => panel.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
  expect(await panel.evaluate(fitsLine, 40)).toBe(true);
});

test("on a phone no two labels of the charts overlap, and the legend names the limits", async ({
  admin: page,
  issue,
}) => {
  const { number } = await busyLicense(issue);
  await page.setViewportSize({ width: 360, height: 800 });
  await openAlive(page, `/licenses/${number}/capacity`);
  const lines = page.getByRole("list", { name: "Lines" });
  await expect(lines).toContainText("Quota 1,500");
  await expect(lines).toContainText("Cap 1,800: access denied");
  await expect(page.getByRole("figure").locator("svg.recharts-surface")).toHaveCount(2);
  for (const figure of await page.getByRole("figure").all())
    expect(await figure.evaluate(overlappingTexts)).toEqual([]);
});

async function assign(page: Page, subject: string): Promise<void> {
  await page.getByRole("link", { name: "Assign", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Users, one per line").fill(subject);
  await dialog.getByRole("button", { name: "Assign" }).click();
}

/** Pairs of texts of a chart that lie on each other. */
function overlappingTexts(figure: Element): string[] {
  const texts = [...figure.querySelectorAll("svg text")].map((text) => ({
    words: text.textContent ?? "",
    box: text.getBoundingClientRect(),
  }));
  return texts.flatMap(({ words, box }, at) =>
    texts
      .slice(at + 1)
      .filter(
        (other) =>
          box.left < other.box.right &&
          other.box.left < box.right &&
          box.top < other.box.bottom &&
          other.box.top < box.bottom,
      )
      .map((other) => `${words} / ${other.words}`),
  );
}

/** Whether a line of this many characters fits into an element. */
function fitsLine(element: Element, characters: number): boolean {
  const line = document.createElement("span");
  line.style.cssText = `display: inline-block; width: ${characters}ch`;
  element.append(line);
  const isFitting = line.offsetWidth <= element.clientWidth;
  line.remove();
  return isFitting;
}

/** The number of changes that this window has stored for a reload. */
function storedChanges(page: Page): Promise<number> {
  return page.evaluate(() => JSON.parse(sessionStorage.getItem("signet-changes") ?? "[]").length);
}

/** Truncated texts that contain a license number or `n of m`. */
function truncatedNumbers(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("main *")].flatMap((element) => {
      const { overflowX, clipPath } = getComputedStyle(element);
      const isClipping = ["hidden", "clip"].includes(overflowX) && clipPath === "none";
      const text = element.textContent ?? "";
      const isCut = isClipping && element.scrollWidth > element.clientWidth + 1;
      return isCut && /\d{4} \d{4} \d{4} \d{4}|\d of \d/.test(text) ? [text] : [];
    }),
  );
}

/** The WCAG contrast of a text with the background that it is on. */
function contrastOf(field: Locator): Promise<number> {
  return field.evaluate((element) => {
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    if (!canvas) throw new Error("There is no canvas.");
    const luminance = (color: string) => {
      canvas.fillStyle = color;
      canvas.fillRect(0, 0, 1, 1);
      const [red = 0, green = 0, blue = 0] = [...canvas.getImageData(0, 0, 1, 1).data].map((value) => {
        const share = value / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const { color, opacity } = getComputedStyle(element);
    if (opacity !== "1") return 0;
    let ground: Element | null = element;
    while (ground && getComputedStyle(ground).backgroundColor === "rgba(0, 0, 0, 0)")
      ground = ground.parentElement;
    const { backgroundColor } = getComputedStyle(ground ?? document.documentElement);
    const [light, dark] = [luminance(color), luminance(backgroundColor)].toSorted((a, b) => b - a);
    return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
  });
}
