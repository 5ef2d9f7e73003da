import { expect, test } from "./fixtures";
import { seats, timeAllotment } from "./guide";

test("units are raised from the overview in two clicks, with the effect shown first", async ({
  admin: page,
  issue,
}) => {
  const { number } = await issue({ allotments: [timeAllotment(), seats(2)] });
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`/licenses/${number}`);
  await page.getByRole("link", { name: "Raise units of professional, 2 now" }).click();
  const dialog = page.getByRole("dialog", { name: "Raise units" });
  await expect(dialog.getByLabel("Allotment")).toHaveValue("professional");
  await dialog.getByLabel("Seats, 2 now").fill("5");
  await expect(dialog.getByText("professional: 2 → 5 seats now, 0 taken.")).toBeVisible();
  await dialog.getByRole("button", { name: "Raise to 5" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("0 of 5 seats, 0%")).toBeVisible();
  await expect(page.getByRole("region", { name: "Notifications" })).toContainText(
    "Raised professional from 2 to 5 seats.",
  );
});

test("a license is renewed for a year with the units that end with it", async ({
  admin: page,
  api,
  issue,
}) => {
  const end = `${new Date().getUTCFullYear() + 1}-12-31`;
  const later = `${new Date().getUTCFullYear() + 2}-12-31`;
  const units = [{ count: 2, valid: `./${end}` }];
  const { number, version } = await issue({ allotments: [{ ...seats(2), units }] });
  await page.goto(`/licenses/${number}`);
  await expect(page.getByRole("button", { name: "Renew", exact: true })).toHaveAccessibleDescription(
    "This license has no end date.",
  );
  const license = `/api/v1/admin/licenses/${number}`;
  const data = { product: "QSEfW", valid: `./${end}`, trial: false, parameters: [] };
  await api.put(`${license}/definition`, {
    headers: { "If-Match": `"${version}"` },
    data: { ...data, allotments: [{ ...seats(2), units }] },
  });
  await page.reload();
  await page.getByRole("button", { name: "Renew", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Renew license" });
  const day = dialog.getByRole("textbox", { name: /^Last day/ });
  await expect(day).toHaveValue(`31 Dec ${later.slice(0, 4)}`);
  await day.fill(`29 dec ${later.slice(0, 4)}`);
  await dialog.getByRole("button", { name: /^Calendar/ }).press("Enter");
  const calendar = page.getByRole("dialog", { name: /^Choose a day/ });
  const typed = calendar.getByRole("button", { name: `29 December ${later.slice(0, 4)}` });
  await expect(typed).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(calendar).toBeHidden();
  await expect(dialog.getByRole("button", { name: /^Calendar/ })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(typed).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await expect(day).toHaveValue(`31 Dec ${later.slice(0, 4)}`);
  await expect(dialog.getByRole("row", { name: /^professional, units/ })).toBeVisible();
  await dialog.getByRole("button", { name: "Renew license" }).click();
  await expect(dialog).toBeHidden();
  const { definition } = await (await api.get(license)).json();
  expect(definition.valid).toBe(`./${later}`);
  expect(definition.allotments[0].units).toEqual([{ count: 2, valid: `./${later}` }]);
});
