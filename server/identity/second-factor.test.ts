import { createHmac, randomBytes } from "node:crypto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Actor } from "@/server/access/actor";
import { prepareInstallation } from "@/server/maintenance/installation";
import { parseEnv } from "@/server/store/env";
import { forgetProcessState } from "@/server/store/per-process";
import { closeStore, openStore, store } from "@/server/store/store";
import { recordedActions } from "@/server/testing/test-audit";
import { cookiesOf, isSignedIn, makePerson, PASSWORD, signedIn, signIn } from "@/server/testing/test-people";
import { storeSettings, useStore } from "@/server/testing/test-store";
import { auth } from "./auth";
import { changePassword } from "./password";
import {
  beginSecondFactor,
  endSecondFactor,
  finishSecondFactor,
  remainingRecoveryCodes,
  renewRecoveryCodes,
} from "./second-factor";
import { signInByCode } from "./sign-in";

useStore();

// Codes change every 30 seconds: the clock stands still.
beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"] }));
afterEach(() => void vi.useRealTimers());

let request = new Headers();
vi.mock("next/headers", () => ({ headers: async () => request, cookies: async () => ({ set() {} }) }));

/** Clocks may be off by a step, so these codes are valid too. */
const [PREVIOUS, NEXT] = [-1, 1];

const as = (id: string): Actor => ({ kind: "user", id });

/** A person with the second factor on, in the browser that makes the requests. */
async function enrolled() {
  const person = await makePerson("auditor");
  request = new Headers({ cookie: await signedIn(person.email) });
  const { secret, address } = await beginSecondFactor(person.id, PASSWORD);
  expect(address).toContain(encodeURIComponent(person.email));
  const codes = await finishSecondFactor(person.id, codeOf(secret), as(person.id), new Date());
  return { ...person, secret, codes };
}

test("the second factor starts with a password, is on after a first code, and is required from then on", async () => {
  const person = await makePerson("auditor");
  request = new Headers({ cookie: await signedIn(person.email) });
  await expect(beginSecondFactor(person.id, "not the password")).rejects.toMatchObject({
    code: "WRONG_PASSWORD",
  });
  const { secret } = await beginSecondFactor(person.id, PASSWORD);
  expect(await (await signIn(person.email)).json()).not.toHaveProperty("twoFactorRedirect");
  const finish = (code: string) => finishSecondFactor(person.id, code, as(person.id), new Date());
  await expect(finish("000000")).rejects.toMatchObject({ code: "WRONG_CODE" });
  expect(await recordedActions(person.id)).toEqual(["user.created"]);
  expect(await finish(codeOf(secret))).toHaveLength(10);
  expect(await recordedActions(person.id)).toEqual(["user.created", "user.second-factor-on"]);
  const half = await signIn(person.email);
  expect(await half.json()).toMatchObject({ twoFactorRedirect: true });
  expect(await isSignedIn(cookiesOf(half))).toBe(false);
  request = new Headers({ cookie: await verified(person.email, codeOf(secret, NEXT)) });
  await expect(beginSecondFactor(person.id, PASSWORD)).rejects.toMatchObject({ code: "SECOND_FACTOR_SET" });
});

test("a code signs in once, whoever else saw it, and the one that turned the factor on doesn't", async () => {
  const { email, secret } = await enrolled();
  await expect(verified(email, codeOf(secret))).rejects.toMatchObject({ code: "CODE_USED" });
  request = new Headers({ cookie: cookiesOf(await signIn(email)) });
  expect(await signInByCode(codeOf(secret))).toBe("used");
  const code = codeOf(secret, NEXT);
  const both = await Promise.allSettled([verified(email, code), verified(email, code)]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const [cookie] = both.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
  expect(await isSignedIn(String(cookie))).toBe(true);
  const { userId } = await store().db.twoFactor.findFirstOrThrow({ where: { user: { email } } });
  expect(await store().db.session.count({ where: { userId } })).toBe(2); // the one that enrolled, and this one
});

test("a recovery code signs in once, and new ones replace the old ones", async () => {
  const { id, email, codes } = await enrolled();
  const [code = "", other = ""] = codes;
  expect(await remainingRecoveryCodes(id)).toBe(10);
  expect(await isSignedIn(await verified(email, code))).toBe(true);
  expect(await remainingRecoveryCodes(id)).toBe(9);
  await expect(verified(email, code)).rejects.toMatchObject({ status: "UNAUTHORIZED" });
  const renewed = await renewRecoveryCodes(id, PASSWORD, as(id), new Date());
  await expect(verified(email, other)).rejects.toMatchObject({ status: "UNAUTHORIZED" });
  expect(await isSignedIn(await verified(email, String(renewed[0])))).toBe(true);
});

test("the password turns it off", async () => {
  const { id, email } = await enrolled();
  await endSecondFactor(id, PASSWORD, as(id), new Date());
  expect(await remainingRecoveryCodes(id)).toBeNull();
  expect(await isSignedIn(await signedIn(email))).toBe(true);
});

test("a new password ends other sessions, and ten wrong ones cause a pause", async () => {
  const { id, email } = await makePerson("issuer");
  const [here, elsewhere] = [await signedIn(email), await signedIn(email)];
  const session = await auth().api.getSession({ headers: new Headers({ cookie: here }) });
  const change = (current: string) =>
    changePassword(
      id,
      { current, chosen: "another long password", session: String(session?.session.id) },
      as(id),
      new Date(),
    );
  expect(await change(PASSWORD)).toBe(1);
  expect([await isSignedIn(here), await isSignedIn(elsewhere)]).toEqual([true, false]);
  for (let i = 0; i < 10; i++)
    await expect(change("wrong")).rejects.toMatchObject({ code: "WRONG_PASSWORD" });
  await expect(change("another long password")).rejects.toMatchObject({ code: "TOO_MANY_REQUESTS" });
});

test("second factors and recovery codes survive two changes of the secret", async () => {
  const { email, secret, codes } = await enrolled();
  const old = String(store().secrets[0]?.toString("base64"));
  const [next, last] = [randomBytes(32).toString("base64"), randomBytes(32).toString("base64")];
  await restart({ SIGNET_SECRET: next, SIGNET_SECRET_PREVIOUS: old });
  expect(await isSignedIn(await verified(email, codeOf(secret, NEXT)))).toBe(true);
  await restart({ SIGNET_SECRET: last, SIGNET_SECRET_PREVIOUS: next });
  expect(await isSignedIn(await verified(email, codeOf(secret, PREVIOUS)))).toBe(true);
  expect(await isSignedIn(await verified(email, String(codes[3])))).toBe(true);
});

async function restart(secrets: Record<string, string>): Promise<void> {
  await closeStore();
  forgetProcessState();
  await openStore(parseEnv({ ...storeSettings(), ...secrets }));
  await prepareInstallation(new Date());
}

/** Signs in with password and either kind of code. */
async function verified(email: string, code: string): Promise<string> {
  const half = await signIn(email);
  const call = {
    body: { code },
    headers: new Headers({ cookie: cookiesOf(half) }),
    asResponse: true,
  } as const;
  const whole = code.includes("-")
    ? await auth().api.verifyBackupCode(call)
    : await auth().api.verifyTOTP(call);
  if (!whole.ok) throw { status: "UNAUTHORIZED", ...(await whole.json()) };
  return cookiesOf(whole);
}

/** The code by RFC 6238, so many steps of 30 seconds from now, of a secret as people see it. */
function codeOf(shown: string, steps = 0): string {
  const bits = [...shown]
    .map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0"))
    .join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const mac = createHmac("sha1", key).update(step).digest();
  const at = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}
