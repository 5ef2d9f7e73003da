import { expect, test } from "vitest";
import type { Role } from "@/domain/roles";
import { SYSTEM } from "@/server/access/actor";
import { store } from "@/server/store/store";
import { recordedActions } from "@/server/testing/test-audit";
import { NOW } from "@/server/testing/test-licenses";
import { makePerson, signedIn } from "@/server/testing/test-people";
import { useStore } from "@/server/testing/test-store";
import { changeRights, removePerson } from "./person-changes";
import { beginSeeing, endSeeing, seenPerson } from "./seeing-as";

useStore();

const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);

/** An owner with a session in which the console is seen as a person with a given role. */
async function seeing(role: Role = "auditor") {
  const [owner, other] = [await makePerson("owner"), await makePerson(role)];
  await signedIn(owner.email);
  const { id: session } = await store().db.session.findFirstOrThrow({ where: { userId: owner.id } });
  const begin = () => beginSeeing(session, other.id, { kind: "user", id: owner.id }, NOW);
  const seen = async (viewer: Role = "owner", now = NOW) =>
    seenPerson(await store().db.session.findUniqueOrThrow({ where: { id: session } }), viewer, now);
  return { owner, other, session, begin, seen };
}

test("an owner sees the console as another person for half an hour, and the audit records it", async () => {
  const { other, session, begin, seen } = await seeing();
  expect(await seen()).toBeNull();
  await begin();
  expect(await seen()).toMatchObject({ id: other.id, role: "auditor", until: later(30) });
  expect(await seen("owner", later(29))).not.toBeNull();
  expect(await seen("owner", later(30))).toBeNull();
  expect(await recordedActions(other.id)).toEqual(["user.created", "user.seen-as"]);
  await endSeeing(session);
  expect(await seen()).toBeNull();
});

test("it ends at once when either person loses their rights", async () => {
  const first = await seeing("issuer");
  await first.begin();
  for (const viewer of ["issuer", "license-admin", "auditor"] as const)
    expect(await first.seen(viewer), viewer).toBeNull();
  await removePerson(first.other.id, SYSTEM, NOW);
  expect(await first.seen()).toBeNull();
});

test("nobody with the same rights as the owner can be seen as", async () => {
  const owners = await seeing("owner");
  await expect(owners.begin()).rejects.toMatchObject({ code: "FORBIDDEN" });
  const risen = await seeing("issuer");
  await risen.begin();
  await changeRights(risen.other.id, { role: "owner", customers: [] }, SYSTEM, NOW);
  expect(await risen.seen()).toBeNull();
});

test("it can begin only in the owner's own session", async () => {
  const { session, other } = await seeing();
  const stranger = await makePerson("owner");
  const begun = beginSeeing(session, other.id, { kind: "user", id: stranger.id }, NOW);
  await expect(begun).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(await recordedActions(other.id)).toEqual(["user.created"]);
});

test("rights that come back don't bring it back", async () => {
  const { owner, other, begin, seen } = await seeing("auditor");
  await begin();
  for (const person of [owner, other])
    for (const role of ["issuer", person === owner ? "owner" : "auditor"] as const)
      await changeRights(person.id, { role, customers: [] }, SYSTEM, NOW);
  expect(await seen()).toBeNull();
});
