import { expect, test, vi } from "vitest";
import { makeLicense } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { clientAs } from "./test-client";

vi.stubEnv("LOG_LEVEL", "silent");
useStore();

test("after the migration of a license its control number is refused with that reason", async () => {
  const owner = await clientAs({ role: "owner" });
  const license = `/licenses/${(await makeLicense()).number}`;
  expect((await owner("POST", `${license}/control`)).status).toBe(201);
  expect((await owner("POST", `${license}/migrate`)).status).toBe(201);
  const refused = [
    await owner("POST", `${license}/control/reveal`),
    await owner("DELETE", `${license}/control`),
    await owner("POST", `${license}/migrate`),
  ];
  expect(refused.map(({ body }) => body.code)).toEqual(["MIGRATED", "MIGRATED", "MIGRATED"]);
});
