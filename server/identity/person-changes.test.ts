import { expect, test } from "vitest";
import { SYSTEM } from "@/server/access/actor";
import type { Principal } from "@/server/access/gate";
import { store } from "@/server/store/store";
import { recordedActions } from "@/server/testing/test-audit";
import { makeLicense, NOW } from "@/server/testing/test-licenses";
import { isSignedIn, makePerson, PASSWORD, signedIn, signIn } from "@/server/testing/test-people";
import { useStore } from "@/server/testing/test-store";
import { findInvitation, invite } from "./invitations";
import { listPeople, personById } from "./people-list";
import { changeRights, endSessionsOf, removePerson, rightsTag } from "./person-changes";
import { findRecovery, offerRecovery, recover } from "./recovery-links";
import { createToken, principalOfToken } from "./tokens";

useStore();

const asOwner = (id: string): Principal => ({
  ...{ kind: "user", id, name: "Olga", role: "owner", customers: null, license: null },
});

test("the last owner can't be removed or given another role until there is another one", async () => {
  const first = await makePerson("owner");
  const demoted = changeRights(first.id, { role: "auditor", customers: [] }, SYSTEM, NOW);
  await expect(demoted).rejects.toMatchObject({ code: "LAST_OWNER" });
  await expect(removePerson(first.id, SYSTEM, NOW)).rejects.toMatchObject({ code: "LAST_OWNER" });
  const second = await makePerson("owner");
  const both = [first.id, second.id].map((id) => removePerson(id, SYSTEM, NOW));
  const ends = (await Promise.allSettled(both)).map(({ status }) => status);
  expect(ends.sort()).toEqual(["fulfilled", "rejected"]);
  expect(await store().db.user.count({ where: { role: "owner" } })).toBe(1);
});

test("a removed person is signed out at once, can't sign in again, and their tokens and invitations end", async () => {
  const { id, email } = await makePerson("owner");
  const cookie = await signedIn(email);
  const { token } = await createToken(asOwner(id), { name: "CI", role: "owner" }, SYSTEM, NOW);
  const guest = { email: "guest@signet.example", role: "auditor", customers: [] } as const;
  const sent = await invite({ ...guest, customers: [] }, { kind: "user", id }, NOW);
  expect(await personById(id, NOW)).toMatchObject({ tokens: 1, sessions: 1 });
  expect(await removePerson(id, SYSTEM, NOW)).toEqual({ sessions: 1, tokens: 1 });
  expect(await isSignedIn(cookie)).toBe(false);
  expect((await signIn(email)).status).toBe(401);
  expect(await principalOfToken(token, NOW)).toBeNull();
  expect(await findInvitation(sent.token, NOW)).toBeNull();
  await expect(personById(id, NOW)).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect((await listPeople({}, { limit: 100 }, NOW)).items.map((person) => person.id)).not.toContain(id);
  expect(await recordedActions(id)).toEqual(["user.created", "user.removed"]);
  const again = await invite({ email, role: "auditor", customers: [] }, SYSTEM, NOW);
  expect(await findInvitation(again.token, NOW)).toMatchObject({ email });
});

test("rights that somebody else changed in the meantime aren't overwritten", async () => {
  const [one, two] = [(await makeLicense()).customer.id, (await makeLicense()).customer.id];
  const { id } = await makePerson("license-admin", { customers: [one, two] });
  const seen = rightsTag({ role: "license-admin", customers: [two, one] });
  const to = (customers: string[], tag: string) =>
    changeRights(id, { role: "license-admin", customers }, SYSTEM, NOW, tag);
  await to([one], seen);
  await expect(to([two], seen)).rejects.toMatchObject({
    code: "VERSION_MISMATCH",
    etag: rightsTag({ role: "license-admin", customers: [one] }),
  });
  expect((await personById(id, NOW)).customers).toMatchObject([{ id: one }]);
  await to([two], rightsTag({ role: "license-admin", customers: [one] }));
});

test("fewer rights limit or revoke the tokens that were created with more", async () => {
  const [one, two] = [await makeLicense(), await makeLicense()];
  const { id } = await makePerson("owner");
  const owner = asOwner(id);
  const make = (wanted: object) =>
    createToken(owner, { name: "CI", role: "license-admin", ...wanted }, SYSTEM, NOW);
  const both = await make({ customers: [one.customer.id, two.customer.id] });
  const bound = await make({ license: two.number });
  const issuing = await make({ role: "issuer" });
  const rights = { role: "license-admin", customers: [one.customer.id] } as const;
  const taken = await changeRights(id, { ...rights, customers: [one.customer.id] }, SYSTEM, NOW);
  expect(taken.tokens).toBe(2);
  expect(await principalOfToken(both.token, NOW)).toMatchObject({ customers: [one.customer.id] });
  expect(await principalOfToken(bound.token, NOW)).toBeNull();
  expect(await principalOfToken(issuing.token, NOW)).toBeNull();
  expect(await recordedActions(both.id)).toEqual(["token.created", "token.narrowed"]);
  await expect(make({ role: "owner" })).rejects.toMatchObject({ code: "FORBIDDEN" });
});

test("sessions can be ended without removing the account", async () => {
  const { id, email } = await makePerson("issuer");
  const cookie = await signedIn(email);
  expect(await endSessionsOf(id, SYSTEM, NOW)).toMatchObject({ sessions: 1 });
  expect(await isSignedIn(cookie)).toBe(false);
  expect((await signIn(email)).status).toBe(200);
});

test("a recovery link sets a new password once, within a day, and ends sessions", async () => {
  const { id, email } = await makePerson("auditor");
  const cookie = await signedIn(email);
  const before = await offerRecovery(id, false, SYSTEM, NOW);
  const { token } = await offerRecovery(id, true, SYSTEM, NOW);
  expect(await findRecovery(before.token, NOW)).toBeNull();
  expect(await findRecovery(token, new Date(NOW.getTime() + 86_400_000))).toBeNull();
  expect(await findRecovery(token, NOW)).toMatchObject({ email, dropsSecondFactor: true });
  await recover(token, "another long password", NOW);
  expect(await isSignedIn(cookie)).toBe(false);
  expect((await signIn(email, PASSWORD, "192.0.2.9")).status).toBe(401);
  expect((await signIn(email, "another long password")).status).toBe(200);
  await expect(recover(token, PASSWORD, NOW)).rejects.toMatchObject({ code: "LINK_OVER" });
});

test("people are found by name, address, role, customer and second factor", async () => {
  const { customer } = await makeLicense();
  const admin = await makePerson("license-admin", { customers: [customer.id] });
  const found = async (filter: object) =>
    (await listPeople(filter, { limit: 100 }, NOW)).items.some(({ id }) => id === admin.id);
  expect(await found({ query: admin.email.slice(0, 8).toUpperCase() })).toBe(true);
  expect(await found({ query: "a LICENSE-" })).toBe(true);
  expect(await found({ query: "%" })).toBe(false);
  expect(await found({ role: "license-admin", customer: customer.id, secondFactor: "off" })).toBe(true);
  expect(await found({ role: "issuer" })).toBe(false);
  expect(await found({ secondFactor: "on" })).toBe(false);
  expect(await personById(admin.id, NOW)).toMatchObject({ customers: [{ name: customer.name }] });
});
