import { expect, test } from "vitest";
import { allotmentCalled } from "@/domain/licenses/allotment-names";
import { SYSTEM } from "@/server/access/actor";
import { listAudit } from "@/server/audit/log";
import { NOW, OWNER } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { licenseTemplates, removeTemplate, saveTemplate } from "./license-templates";

useStore();

const definition = {
  ...{ product: "QSEfW", trial: false, parameters: [], valid: "2026-01-01/2026-12-31" },
  allotments: [{ ...allotmentCalled("professional"), units: [{ count: 25, valid: "" }] }],
};

test("a template is saved under a name, replaced under the same name in any case, and removed", async () => {
  const { id } = await saveTemplate({ name: "Bank", definition, products: ["QSEfW", "QCS"] }, SYSTEM, NOW);
  const bigger = { ...definition, valid: "2026-01-01/2028-12-31" };
  const again = await saveTemplate({ name: "BANK", definition: bigger, products: [] }, SYSTEM, NOW);
  expect(again).toMatchObject({ id, name: "BANK", template: { period: { months: 36 } } });
  await saveTemplate({ name: "Agency", definition, products: [] }, SYSTEM, NOW);
  const templates = await licenseTemplates();
  expect(templates.map(({ name }) => name)).toEqual(["Agency", "BANK"]);
  expect(templates[1]?.template).toMatchObject({
    ...{ product: "QSEfW", period: { months: 36 }, products: [] },
    allotments: [{ name: "professional", units: [{ count: 25, valid: "" }] }],
  });
  await removeTemplate(id, SYSTEM, NOW);
  await removeTemplate(id, SYSTEM, NOW);
  expect((await licenseTemplates()).map(({ name }) => name)).toEqual(["Agency"]);
  const { items } = await listAudit(OWNER, { chain: "installation", object: id, limit: 10 });
  expect(items.map(({ action, details }) => [action, details])).toEqual([
    ["installation.template-removed", { name: "BANK" }],
    ["installation.template-saved", { name: "BANK" }],
    ["installation.template-saved", { name: "Bank" }],
  ]);
});

test("a template that no license could have, a built-in one's name, and too many templates are refused", async () => {
  const builtIn = saveTemplate({ name: "TRIAL", definition, products: [] }, SYSTEM, NOW);
  await expect(builtIn).rejects.toMatchObject({ faults: [{ code: "BUILT_IN_TEMPLATE", pointer: "/name" }] });
  const [allotment] = definition.allotments;
  const twice = { ...definition, allotments: [allotment, allotment].flatMap((one) => one ?? []) };
  const wrong = saveTemplate({ name: "Twice", definition: twice, products: [] }, SYSTEM, NOW);
  await expect(wrong).rejects.toMatchObject({ code: "INVALID_BODY" });
  const others = (await licenseTemplates()).length;
  for (let at = others; at < 50; at++)
    await saveTemplate({ name: `Template ${at}`, definition, products: [] }, SYSTEM, NOW);
  const more = saveTemplate({ name: "One more", definition, products: [] }, SYSTEM, NOW);
  await expect(more).rejects.toMatchObject({ code: "INVALID_BODY" });
  await saveTemplate({ name: "Template 49", definition, products: [] }, SYSTEM, NOW);
});
