import { expect, test } from "vitest";
import { SYSTEM } from "@/server/access/actor";
import { NOW } from "@/server/testing/test-licenses";
import { makePerson, PASSWORD, signIn } from "@/server/testing/test-people";
import { useStore } from "@/server/testing/test-store";
import { acceptInvitation, findInvitation, invite } from "./invitations";
import { weaknessOf } from "./new-password";
import { changePassword } from "./password";
import { createFirstOwner, ownedSince } from "./people";
import { offerRecovery, recover } from "./recovery-links";
import { offerSetup } from "./setup-token";

useStore();

const olivia = { name: "Olivia Owner", email: "olivia.owner@contoso.example" };
const WEAK = "aaaaaaaaaaaa";
const refused = (pointer: string) => ({ code: "WEAK_PASSWORD", faults: [{ pointer }] });

test.each([
  ["aaaaaaaaaaaa", "it repeats the same characters"],
  ["abcabcabcabc", "it repeats the same characters"],
  ["passwordpassword", "it repeats the same characters"],
  ["password1234", "it has a password that many people use"],
  ["Passw0rd!2026", "it has a password that many people use"],
  ["letmein12345", "it has a password that many people use"],
  ["qwertyuiop[]", "it follows a row of the keyboard"],
  ["abcdefghijklmn", "it has a sequence such as 1234 or abcd"],
  ["OliviaOwner2026", "it has your name, your e-mail address or the name of this product"],
  ["olivia.owner@contoso.example", "it has your name, your e-mail address or the name of this product"],
  ["Signet-2026!", "it has your name, your e-mail address or the name of this product"],
])("%s is easy to guess: %s", async (password, reason) => {
  expect(await weaknessOf(password, olivia)).toBe(reason);
});

test.each([
  "correct horse battery staple",
  "zebra lamp violin",
  "x8Kd2!pQw9zL",
  "ein langes Kennwort für Zürich",
])("%s is hard to guess", async (password) => expect(await weaknessOf(password, olivia)).toBeNull());

test("an easy password is refused wherever one is chosen, and the link or the old password stays valid", async () => {
  const setup = String(await offerSetup(NOW));
  await expect(createFirstOwner(setup, { ...olivia, password: WEAK }, NOW)).rejects.toMatchObject(
    refused("/password"),
  );
  expect(await ownedSince()).toBeNull();
  await createFirstOwner(setup, { ...olivia, password: PASSWORD }, NOW);

  const { token } = await invite(
    { email: "lea@contoso.example", role: "auditor", customers: [] },
    SYSTEM,
    NOW,
  );
  await expect(acceptInvitation(token, { name: "Lea", password: WEAK }, NOW)).rejects.toMatchObject(
    refused("/password"),
  );
  expect(await findInvitation(token, NOW)).not.toBeNull();

  const { id, email } = await makePerson("issuer");
  const change = { current: PASSWORD, chosen: WEAK, session: "" };
  await expect(changePassword(id, change, { kind: "user", id }, NOW)).rejects.toMatchObject(
    refused("/chosen"),
  );
  const link = await offerRecovery(id, false, SYSTEM, NOW);
  await expect(recover(link.token, WEAK, NOW)).rejects.toMatchObject(refused("/password"));
  await expect(recover(link.token, `${email}!`, NOW)).rejects.toMatchObject(refused("/password"));
  expect((await signIn(email)).status).toBe(200);
});
