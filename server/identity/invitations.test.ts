import { beforeAll, expect, test } from "vitest";
import { SYSTEM } from "@/server/access/actor";
import { store } from "@/server/store/store";
import { recordedActions } from "@/server/testing/test-audit";
import { makeLicense, NOW } from "@/server/testing/test-licenses";
import { makePerson, PASSWORD, signIn } from "@/server/testing/test-people";
import { useStore } from "@/server/testing/test-store";
import {
  acceptInvitation,
  acceptVerified,
  findInvitation,
  invite,
  listInvitations,
  renewInvitation,
  withdrawInvitation,
} from "./invitations";
import { customersOf } from "./people";

useStore();

const later = (days: number) => new Date(NOW.getTime() + days * 86_400_000);
const someone = () => `${crypto.randomUUID()}@signet.example`;
const chosen = { name: "Lea Lind", password: PASSWORD };
let customer: string;

beforeAll(async () => {
  customer = (await makeLicense()).customer.id;
});

test("an invitation becomes a person with its role and customers, once", async () => {
  const email = someone();
  const { id, token } = await invite({ email, role: "license-admin", customers: [customer] }, SYSTEM, NOW);
  expect(await findInvitation(token, NOW)).toMatchObject({ id, email, role: "license-admin" });
  await acceptInvitation(token, chosen, NOW);
  const person = await store().db.user.findUniqueOrThrow({ where: { email } });
  expect(person).toMatchObject({ name: "Lea Lind", role: "license-admin" });
  expect(await customersOf(person.id)).toEqual([customer]);
  expect((await signIn(email)).status).toBe(200);
  expect(await findInvitation(token, NOW)).toBeNull();
  await expect(acceptInvitation(token, chosen, NOW)).rejects.toMatchObject({ code: "LINK_OVER" });
  expect(await recordedActions(person.id)).toEqual(["user.created"]);
  expect(await recordedActions(id)).toEqual(["user.invited"]);
});

test("if two people use a link at once, one becomes a person", async () => {
  const email = someone();
  const { token } = await invite({ email, role: "auditor", customers: [] }, SYSTEM, NOW);
  const tries = await Promise.allSettled([1, 2].map(() => acceptInvitation(token, chosen, NOW)));
  expect(tries.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(await store().db.user.count({ where: { email } })).toBe(1);
});

test("a link ends after seven days, when it is withdrawn, and when a newer one replaces it", async () => {
  const email = someone();
  const wanted = { email, role: "issuer", customers: [] } as const;
  const first = await invite({ ...wanted, customers: [] }, SYSTEM, NOW);
  expect(await findInvitation(first.token, later(6.99))).not.toBeNull();
  expect(await findInvitation(first.token, later(7))).toBeNull();
  const second = await invite({ ...wanted, customers: [] }, SYSTEM, NOW);
  expect(await findInvitation(first.token, NOW)).toBeNull();
  const third = await renewInvitation(second.id, SYSTEM, later(8));
  expect(await findInvitation(second.token, NOW)).toBeNull();
  expect(await findInvitation(third.token, later(9))).toMatchObject({ email });
  await withdrawInvitation(third.id, SYSTEM, later(9));
  expect(await findInvitation(third.token, later(9))).toBeNull();
  await expect(withdrawInvitation(third.id, SYSTEM, NOW)).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect((await listInvitations()).map((open) => open.email)).not.toContain(email);
});

test.each([
  ["a license admin without customers", { role: "license-admin", customers: [] }],
  ["an auditor with customers", { role: "auditor", customers: ["own"] }],
  ["a customer that is not here", { role: "license-admin", customers: [crypto.randomUUID()] }],
] as const)("%s is refused", async (_, { role, customers }) => {
  const named = customers.map((id) => (id === "own" ? customer : id));
  const invited = invite({ email: someone(), role, customers: named }, SYSTEM, NOW);
  await expect(invited).rejects.toMatchObject({ code: "INVALID_BODY" });
});

test("a person who has an account isn't invited", async () => {
  const { email } = await makePerson("auditor");
  const again = invite({ email, role: "owner", customers: [] }, SYSTEM, NOW);
  await expect(again).rejects.toMatchObject({ code: "EMAIL_TAKEN" });
});

test("neither the link nor the address is in the audit", async () => {
  const email = someone();
  const { token } = await invite({ email, role: "auditor", customers: [] }, SYSTEM, NOW);
  const events = JSON.stringify(await store().db.auditEvent.findMany(), (_, v) =>
    typeof v === "bigint" ? 0 : v,
  );
  expect(events).not.toContain(token);
  expect(events).not.toContain(email);
});

test("a verified address accepts its invitation, and no other becomes a person", async () => {
  const email = someone();
  await acceptVerified(email, "Eve", NOW);
  expect(await store().db.user.count({ where: { email } })).toBe(0);
  await invite({ email, role: "auditor", customers: [] }, SYSTEM, NOW);
  await acceptVerified(email, "Eve", NOW);
  await acceptVerified(email, "Eve", NOW);
  const people = await store().db.user.findMany({ where: { email }, include: { accounts: true } });
  expect(people.map(({ role, accounts }) => [role, accounts.length])).toEqual([["auditor", 0]]);
});
