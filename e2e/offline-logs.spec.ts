import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import type { APIRequestContext, Page } from "@playwright/test";
import { type LogKind, logText, subjectHash } from "@/domain/offline/offline-log";
import { expectAccessible } from "./accessible";
import { subject } from "./canary";
import { expect, test } from "./fixtures";
import { seats, timeAllotment } from "./guide";

const MONTH = new Date().toISOString().slice(0, 7);
const OPAQUE = "3f9a98f00b204e9800998ecf8427e0d4";

/** A deployment without a network that writes logs as its signed definition says. */
async function offlineDeployment(api: APIRequestContext, number: string) {
  const data = { product: "QSEfW", source: "mill-1" };
  const { id, sld } = await (await api.post(`/api/v1/admin/licenses/${number}/checkouts`, { data })).json();
  const { signedDef } = JSON.parse(Buffer.from(sld, "base64").toString());
  const claims = JSON.parse(Buffer.from(signedDef.jws.split(".")[1], "base64url").toString());
  const at = new Date().toISOString();
  const log = (kind: LogKind, lines: object[]) => {
    const userAgent = "Licenses/1.6.4 (windows) QSEfW";
    const whose = { log: randomUUID(), license: number, checkout: id, source: "mill-1", userAgent };
    const placed = lines.map((line) => ({ at, ...line }));
    return logText(Buffer.from(claims.logKey, "hex"), { kind, created: at, ...whose }, placed);
  };
  const add = (hash: string) => ({
    ...{ instance: "", version: 0, allotment: "professional", created: at, subject: hash },
  });
  const hashOf = (name: string) => subjectHash(Buffer.from(claims.salt, "hex"), name, "folded");
  return { log, add, hashOf };
}

const jsonlFile = (name: string, text: string) => ({
  ...{ name, mimeType: "application/jsonl", buffer: Buffer.from(text) },
});

const cardOf = (page: Page, name: string) => page.getByRole("region", { name });

test("offline logs are checked and applied, replies can be downloaded, and a hashed seat can be linked to a user", async ({
  admin: page,
  api,
  issue,
}) => {
  const { number } = await issue({ allotments: [seats(1), timeAllotment()] });
  const deployments = `/licenses/${number}/deployments`;
  const deployment = await offlineDeployment(api, number);
  const assignments = deployment.log("assignments", [
    deployment.add(OPAQUE),
    deployment.add(deployment.hashOf(subject("eve"))),
  ]);
  const used = { allotment: "analyzer_time", month: MONTH, minutes: 12 };
  await page.goto(`${deployments}/offline`);
  await expect(page.getByText("No logs yet.")).toBeVisible();
  await page.getByRole("link", { name: "Upload logs" }).click();
  await page
    .getByLabel("Log files")
    .setInputFiles([
      jsonlFile("assignments.jsonl", assignments),
      jsonlFile("consumption.jsonl", deployment.log("consumption", [used])),
      jsonlFile("damaged.jsonl", assignments.replace(OPAQUE, OPAQUE.replace("3f9a", "4f9a"))),
    ]);
  await expect(cardOf(page, "damaged.jsonl")).toContainText("Line 2 of the log can't be used.");
  const checked = cardOf(page, "assignments.jsonl");
  await expect(checked).toContainText("Checked. Nothing has changed yet.");
  await expect(checked.getByRole("row", { name: "Every seat is taken" })).toContainText("2");
  await expect(cardOf(page, "consumption.jsonl")).toContainText("12 minutes of analyzer_time in");
  await page.emulateMedia({ colorScheme: "dark" });
  await page.setViewportSize({ width: 360, height: 800 });
  await expectAccessible(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  await page.getByRole("button", { name: "Apply 2 logs" }).press("Enter");
  await expect(checked).toContainText("Applied");
  await expect(cardOf(page, "consumption.jsonl")).toContainText("Applied");
  await expectAccessible(page);
  const download = page.waitForEvent("download");
  await checked.getByRole("button", { name: "Download reply" }).press("Enter");
  const reply = readFileSync(await (await download).path(), "utf8");
  expect(JSON.parse(Buffer.from(String(reply.split(".")[1]), "base64url").toString())).toMatchObject({
    ...{ license: number, source: "mill-1", kind: "assignments", through: 2 },
    rejected: [{ sequence: 2, rejection: "NO_AVAILABLE_UNITS" }],
  });
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ colorScheme: "light" });

  await page.goto(`${deployments}?state=offline`);
  await expect(page.getByRole("row", { name: "mill-1" })).toContainText("Offline");
  await page.goto(`/licenses/${number}/assignments`);
  const row = page.getByRole("row", { name: "hash 3f9a98f0…" });
  await row.getByRole("button", { name: "More for" }).press("Enter");
  await page.getByRole("menuitem", { name: "Link to a user…" }).press("Enter");
  const dialog = page.getByRole("dialog");
  const user = dialog.getByLabel("User");
  await expect(user).toBeFocused();
  await expectAccessible(page);
  await user.fill(`hash:${OPAQUE}`);
  await user.press("Enter");
  await expect(dialog).toContainText("A hash can't be a user.");
  await user.fill(subject("bob"));
  await user.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("row", { name: subject("bob") })).toBeVisible();

  await page.goto(`${deployments}/offline`);
  const log = page.getByRole("row", { name: "mill-1" }).filter({ hasText: "Assignments" });
  await expect(log).toContainText("1 rejected");
  await log.getByRole("button", { name: "Close log" }).press("Enter");
  const reason = dialog.getByLabel("Reason");
  await expect(reason).toBeFocused();
  await reason.fill("the deployment was restored");
  await reason.press("Enter");
  await expect(log).toContainText("Closed");
  await expect(log).toContainText("the deployment was restored");
});

const MORE_THAN_NEXT_KEEPS = 11 * 1024 * 1024;

test("offline logs of more than 10 MB are read to the last line", async ({ admin: page, api, license }) => {
  const deployment = await offlineDeployment(api, license.number);
  // Lines of another license are only checked for their form, so one line can occur many times.
  const [first, line] = deployment.log("assignments", [deployment.add(OPAQUE)]).split("\n");
  const other = String(first).replace(license.number, "9999000000001253");
  const lines = `${line}\n`.repeat(Math.ceil(MORE_THAN_NEXT_KEEPS / String(line).length));
  const upload = `/licenses/${license.number}/deployments/offline/upload/log`;
  const told = async (path: string, text: string) =>
    (await page.request.post(path, { data: Buffer.from(text) })).text();
  expect(await told(upload, `${other}\n${lines}`)).toContain("WRONG_LICENSE");
  expect(await told(upload, `${other}\n${lines}the end`)).toContain("INVALID_LOG");
  const rows = `x,y,${"z".repeat(2000)}\n`.repeat(Math.ceil(MORE_THAN_NEXT_KEEPS / 2000));
  const list = `number,control,customer\n${rows}the last,y,z\n`;
  expect(await told("/licenses/import/plan", list)).toContain(`"number":"the last"`);
});
