import type { Page } from "@playwright/test";
import { openAlive } from "./alive";
import { seats, timeAllotment } from "./guide";
import { expect, test } from "./people";
import { report } from "./product";

const WARSAW = "3f1e4a7e-8f0b-4a39-9a51-3f7d61cf2b01";
const MUNICH = "7b1d53c2-51d1-4a4d-8f0e-6a64bd1f7a02";

const monthOf = (back: number) => {
  const at = new Date();
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - back, 1)).toISOString().slice(0, 7);
};
const inWords = (month: string) =>
  new Intl.DateTimeFormat("en", { month: "long", year: "numeric", timeZone: "UTC" }).format(
    new Date(`${month}-01`),
  );

const busy = test.extend<{ number: string }>({
  number: async ({ issue }, use) => {
    const { number, site } = await issue({
      allotments: [timeAllotment({ units: [{ count: 1500, valid: "" }], overage: 300 })],
    });
    const element = (consumption: number, month = monthOf(0)) => ({
      id: 1,
      allotment: "analyzer_time",
      month,
      consumption,
    });
    await report(site, { source: WARSAW, consumption: [element(1000), element(41, monthOf(1))] });
    await report(site, { source: MUNICH, consumption: [element(639)] });
    await use(number);
  },
});

busy(
  "a month shows its usage, its forecast, and its deployments, and twelve months the line of the cap",
  async ({ admin: page, number }) => {
    await page.goto(`/licenses/${number}/capacity`);
    await expect(page.getByRole("definition").filter({ hasText: "1,639 minutes" }).first()).toBeVisible();
    await expect(
      page.getByText(/^139 minutes beyond the quota\..* At the cap of 1,800 minutes/).first(),
    ).toBeVisible();
    await expect(page.getByRole("button", { name: WARSAW })).toContainText("1,000, 61%");
    await expect(
      page.getByText(`1 report in ${inWords(monthOf(0))} for ${inWords(monthOf(1))}: 41 minutes`),
    ).toBeVisible();
    const year = page.getByRole("figure", { name: "Twelve months, each against its quota" });
    await expect(year.locator(".recharts-line-curve")).toHaveCount(2);
    await expectPatterns(page);
    const html = await (await page.request.get(`/licenses/${number}/capacity`)).text();
    expect(html.match(/_bones"/g)?.length, "places kept for charts").toBeGreaterThanOrEqual(2);
  },
);

busy("layers are labeled at the right edge if there is room", async ({ admin: page, number }) => {
  const named = page.getByRole("figure").locator("[aria-hidden] > span");
  for (const month of ["", `?scale=use&month=${monthOf(1)}`]) {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(`/licenses/${number}/capacity${month}`);
    await expect(named).toHaveText(month ? [WARSAW] : [WARSAW, MUNICH]);
    const right = await named.first().evaluate((name) => name.getBoundingClientRect().right);
    const readout = await page.getByRole("figure").getByRole("heading").boundingBox();
    expect(right).toBeLessThan(readout?.x ?? 0);
    await page.setViewportSize({ width: 1024, height: 900 });
    await expect(named.first()).toBeHidden();
  }
});

busy(
  "a month opens the dialog to raise its units, and links to its deployments",
  async ({ admin: page, number, person }) => {
    const toDeployments = async () => {
      await page.locator("summary", { hasText: /^More$/ }).click();
      await page.getByRole("link", { name: "Usage by deployment" }).click();
    };
    await openAlive(page, `/licenses/${number}/capacity`);
    await page.getByRole("link", { name: "Raise units" }).click();
    await expect(page.getByRole("dialog").getByLabel("Minutes a month, 1,500 now")).toBeVisible();
    await page.goto(`/licenses/${number}/capacity`);
    await toDeployments();
    await expect(page).toHaveURL(/\/deployments\?sort=-share$/);
    const names = page.getByRole("table").getByRole("rowheader");
    await expect(names).toHaveText([new RegExp(WARSAW), new RegExp(MUNICH)]);
    await page.goto(`/licenses/${number}/capacity?month=${monthOf(1)}`);
    await toDeployments();
    await expect(page.getByText(`Shares are for ${inWords(monthOf(1))}.`)).toBeVisible();
    await expect(page.getByRole("row").filter({ hasText: WARSAW })).toContainText("100%");
    await expect(page.getByRole("row").filter({ hasText: MUNICH })).toContainText("–");
    await page.getByRole("link", { name: "Show this month" }).click();
    await expect(page.getByRole("row").filter({ hasText: MUNICH })).toContainText("38%");
    const auditor = (await person("auditor")).page;
    await auditor.goto(`/licenses/${number}/capacity`);
    await expect(auditor.getByRole("button", { name: "Raise units" })).toHaveAccessibleDescription(
      "Only owners and issuers can do this.",
    );
  },
);

test("an open page refreshes the current month, and announces that the quota is passed", async ({
  admin: page,
  issue,
}) => {
  const { number, site } = await issue({
    allotments: [timeAllotment({ units: [{ count: 100, valid: "" }], overage: 300 })],
  });
  const used = (consumption: number, sequence: number) =>
    report(site, {
      source: WARSAW,
      consumption: [{ id: 1, allotment: "analyzer_time", month: monthOf(0), consumption, sequence }],
    });
  await used(90, 1);
  await page.clock.install();
  await page.goto(`/licenses/${number}/capacity`);
  await used(30, 2);
  const live = page.waitForResponse((response) => response.url().includes("/capacity/live"));
  await page.clock.runFor(31_000);
  expect(await (await live).json()).toMatchObject({ total: 120, quota: 100, overage: 300 });
  await expect(
    page.getByRole("status").filter({ hasText: /^Quota passed: analyzer_time used 120 of 100 minutes\.$/ }),
  ).toHaveCount(1);
});

busy(
  "each of the twelve months links to its page, where the keyboard moves through the days and the URL keeps the day",
  async ({ admin: page, number }) => {
    await openAlive(page, `/licenses/${number}/capacity`);
    await page.getByRole("link", { name: `${inWords(monthOf(1))}: 41 of 1,500 minutes` }).click();
    await expect(
      page.getByRole("heading", { level: 2, name: `Capacity, ${inWords(monthOf(1))}` }),
    ).toBeVisible();
    await expect(page.getByText(/41 minutes of .* arrived after it ended/)).toBeVisible();
    const day = page.getByRole("slider", { name: "Day" });
    await day.focus();
    await page.keyboard.press("Home");
    await expect(day).toHaveAttribute("aria-valuetext", /^1 .*: 0 minutes used so far/);
    await page.keyboard.press("PageUp");
    await page.keyboard.press("ArrowRight");
    await expect(page.getByRole("heading", { level: 3 })).toContainText(/^9 /);
    await expect(page).toHaveURL(/[?&]day=9/);
    await page.keyboard.press("End");
    await expect(page).toHaveURL(/[?&]day=(28|29|30|31)/);
    await expect(day).toHaveAttribute(
      "aria-valuetext",
      new RegExp(`: 41 minutes used so far. ${WARSAW} 41$`),
    );
    await page.reload();
    await expect(day).toHaveAttribute("aria-valuetext", /: 41 minutes used so far/);
    await page.getByRole("combobox", { name: "Month (UTC)" }).selectOption(monthOf(0));
    await expect(page).toHaveURL(new RegExp(`month=${monthOf(0)}`));
  },
);

busy(
  "t turns the chart into a table with the same numbers, the export has its rows, and both hide a deployment",
  async ({ admin: page, number }) => {
    await page.goto(`/licenses/${number}/capacity`);
    const spoken = await page.getByRole("slider", { name: "Day" }).getAttribute("aria-valuetext");
    await page.keyboard.press("t");
    await expect(page).toHaveURL(/view=table/);
    const rows = page.getByRole("region", { name: "Usage by day" }).getByRole("row");
    const today = rows.and(page.locator("[aria-current=date]"));
    const cells = await today.getByRole("cell").allTextContents();
    expect(cells.slice(0, 5)).toEqual(["1,639", "1,639", "161", "1,000", "639"]);
    expect(spoken).toContain(`1,639 minutes used so far, 139 over quota. ${WARSAW} 1,000, ${MUNICH} 639`);
    const csv = await exportedCells(page, "Export CSV");
    const [head, ...lines] = csv;
    expect(head).toEqual(await rows.first().getByRole("columnheader").allTextContents());
    const shown = (await rows.filter({ has: page.getByRole("cell") }).all()).slice(0, -1);
    expect(lines).toHaveLength(shown.length);
    for (const [i, row] of shown.entries()) {
      const texts = (await row.getByRole("cell").allTextContents()).map((text) =>
        text.replace("–", "").replaceAll(",", ""),
      );
      expect(lines[i]?.slice(1)).toEqual(texts);
    }
    await page.getByRole("button", { name: WARSAW }).click();
    await expect(page.getByText("1 of 2 shown.")).toBeVisible();
    await expect(page).toHaveURL(/without=/);
    expect((await exportedCells(page, "Export CSV"))[0]).toEqual([
      "Day (UTC)",
      "Used that day",
      "So far",
      MUNICH,
    ]);
    await page.goBack();
    await expect(page.getByRole("button", { name: WARSAW })).toHaveAttribute("aria-pressed", "true");
  },
);

test("an unused month links to the last used one, and a license without minutes has no usage page", async ({
  admin: page,
  issue,
}) => {
  const unused = await issue({ allotments: [timeAllotment({ overage: 0 })] });
  await page.goto(`/licenses/${unused.number}/capacity?month=2020-02`);
  await expect(page.getByText("No usage in February 2020.")).toBeVisible();
  await page.goto(`/licenses/${unused.number}/capacity?month=2999-01`);
  await expect(
    page.getByRole("heading", { level: 2, name: `Capacity, ${inWords(monthOf(0))}` }),
  ).toBeVisible();
  const seated = await issue({
    allotments: [seats(2)],
  });
  await page.goto(`/licenses/${seated.number}/capacity`);
  await expect(page.getByText("This license has only seats, no minutes.")).toBeVisible();
});

busy("a license admin can't read another customer's usage", async ({ request, number }) => {
  for (const path of ["live", "export"]) {
    const response = await request.get(`/licenses/${number}/capacity/${path}`);
    expect(response.status(), path).toBe(401);
  }
});

/** Fills are plain, with patterns in print and high contrast, and last month's line lies on them. */
async function expectPatterns(page: Page): Promise<void> {
  const chart = page.getByRole("figure").first().locator("svg.recharts-surface");
  const layer = chart.locator(".recharts-area-area").last();
  const fill = () => layer.evaluate((path) => getComputedStyle(path).fill);
  await expect.poll(fill).toMatch(/^rgb/);
  for (const media of [{ media: "print" }, { media: "screen", contrast: "more" }] as const) {
    await page.emulateMedia(media);
    await expect.poll(fill, JSON.stringify(media)).toMatch(/^url\("#look-\d"\)$/);
  }
  const isAbove = await chart.evaluate((svg) => {
    const [area] = [...svg.querySelectorAll(".recharts-area-area")].slice(-1);
    const [line] = [...svg.querySelectorAll(".recharts-line-curve")].slice(-1);
    return area && line && area.compareDocumentPosition(line) === Node.DOCUMENT_POSITION_FOLLOWING;
  });
  expect(isAbove).toBe(true);
}

/** The cells of the file that a link on the page downloads. */
async function exportedCells(page: Page, name: string): Promise<string[][]> {
  const href = await page.getByRole("link", { name }).getAttribute("href");
  const text = (await (await page.request.get(href ?? "")).text()).replace("\uFEFF", "");
  const cells = /(?:^|,)(?:"([^"]*)"|([^,]*))/g;
  const cellsOf = (line: string) =>
    [...line.matchAll(cells)].map(([, quoted, plain]) => quoted ?? plain ?? "");
  return text.trimEnd().split("\r\n").map(cellsOf);
}
