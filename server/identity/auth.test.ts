import { beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { log } from "@/server/store/log";
import { store } from "@/server/store/store";
import { useStore } from "@/server/testing/test-store";
import { auth } from "./auth";
import { CLIENT_ADDRESS } from "./client-address";
import { createFirstOwner } from "./people";
import { offerSetup } from "./setup-token";

useStore();

const email = "ana@contoso.example";
const password = "correct horse battery";
const here = "192.0.2.1";

beforeAll(async () => {
  const now = new Date();
  await createFirstOwner(String(await offerSetup(now)), { name: "Ana Ruiz", email, password }, now);
});

test("nobody can sign up on their own", async () => {
  const body = { name: "Eve", email: "eve@contoso.example", password };
  await expect(auth().api.signUpEmail({ body })).rejects.toMatchObject({ status: "BAD_REQUEST" });
});

test("a session has the person and the role, and ends after 12 hours", async () => {
  const cookie = await signedIn();
  const session = await auth().api.getSession({ headers: new Headers({ cookie }) });
  expect(session?.user).toMatchObject({ email, name: "Ana Ruiz", role: "owner" });
  const hours = (Number(session?.session.expiresAt) - Date.now()) / 3_600_000;
  expect(hours).toBeGreaterThan(11.9);
  expect(hours).toBeLessThanOrEqual(12);
});

test("every failed sign-in gets the same response, even without an account", async () => {
  const wrong = await signIn("wrong password 1", "192.0.2.7");
  const unknown = await signIn(password, "192.0.2.7", "nobody@contoso.example");
  expect([wrong.status, unknown.status]).toEqual([401, 401]);
  expect(await unknown.text()).toBe(await wrong.text());
});

test("after ten failed attempts from one address the account is paused there, and not elsewhere", async () => {
  const address = "192.0.2.66";
  const tries = Array.from({ length: 12 }, (_, i) => signIn(`wrong password ${i}`, address));
  const ends = (await Promise.allSettled(tries)).map(({ status }) => status);
  expect(ends.filter((status) => status === "rejected")).toHaveLength(2);
  await expect(signIn(password, address)).rejects.toMatchObject({ status: "TOO_MANY_REQUESTS" });
  expect((await signIn(password, here)).status).toBe(200);
});

test("addresses of one IPv6 network count together", async () => {
  const tries = Array.from({ length: 10 }, (_, i) => signIn("wrong password", `2001:db8:1:2::${i + 1}`));
  await Promise.all(tries);
  const [near, far] = ["2001:db8:1:2:ffff::1", "2001:db8:1:3::1"];
  await expect(signIn(password, near)).rejects.toMatchObject({ status: "TOO_MANY_REQUESTS" });
  expect((await signIn(password, far)).status).toBe(200);
});

test("an attempt that can't be read clears no failed ones before it", async () => {
  const address = "192.0.2.67";
  for (let tries = 0; tries < 10; tries++) await signIn("wrong password", address);
  const headers = new Headers({ [CLIENT_ADDRESS]: address });
  const body = { email, password: 7 as unknown as string };
  await auth()
    .api.signInEmail({ body, headers, asResponse: true })
    .catch(() => {});
  await expect(signIn(password, address)).rejects.toMatchObject({ status: "TOO_MANY_REQUESTS" });
});

test("a sign-in begins a new session and ends the one that the browser brought, whoever planted it", async () => {
  const planted = await signedIn();
  const response = await signIn(password, here, email, planted);
  const cookie = cookiesOf(response);
  expect(cookie).not.toBe(planted);
  expect(await sessionOf(cookie)).not.toBeNull();
  expect(await sessionOf(planted)).toBeNull();
});

test.each(["no address", "\0@contoso.example", { a: 1 }])(
  "%j as an e-mail is a bad request, and nothing worse",
  async (typed) => {
    const call = { body: { email: typed as string, password }, asResponse: true } as const;
    expect((await auth().api.signInEmail(call)).status).toBe(400);
  },
);

test("by https the cookie of a session is bound to the host, and no script can read it", async () => {
  vi.stubEnv("PUBLIC_URL", "https://signet.example");
  onTestFinished(restoreSettings);
  forgetSettings();
  const [cookie = ""] = (await signIn(password, here)).headers.getSetCookie();
  const [name, ...attributes] = cookie.split("; ");
  expect(name).toMatch(/^__Host-signet\.session_token=/);
  expect(attributes.sort()).toEqual(["HttpOnly", "Max-Age=43200", "Path=/", "SameSite=Lax", "Secure"]);
});

test("each step of a sign-in is logged with the person's id and the address, without name and e-mail", async () => {
  const lines: unknown[] = [];
  for (const level of ["info", "warn"] as const)
    vi.spyOn(log(), level).mockImplementation((line: unknown) => void lines.push(line));
  onTestFinished(() => void vi.restoreAllMocks());
  const { id: user } = await store().db.user.findFirstOrThrow({ where: { email } });
  const address = "2001:db8::8";
  const elsewhere = { address, requestId: undefined, by: "password" };
  await signIn(password, address);
  expect(await store().db.session.count({ where: { userId: user, ipAddress: address } })).toBe(1);
  await signIn("not the password", address);
  await signIn("not the password", address, "nobody@contoso.example");
  expect(lines.filter((line) => Object.hasOwn(Object(line), "by"))).toEqual([
    { ...elsewhere, result: "signed in", user },
    { ...elsewhere, result: "refused", user },
    { ...elsewhere, result: "refused", user: undefined },
  ]);
  expect(JSON.stringify(lines)).not.toMatch(/contoso|Ana/);
});

test("an account with a second factor signs in with password and code", async () => {
  const headers = new Headers({ cookie: await signedIn() });
  const enabled = await auth().api.enableTwoFactor({ body: { password }, headers });
  const uri = "totpURI" in enabled ? enabled.totpURI : "";
  const secret = fromBase32(new URL(uri).searchParams.get("secret") ?? "");
  await auth().api.verifyTOTP({ body: await codeNow(secret), headers });
  const { twoFactorEnabled } = await store().db.user.findFirstOrThrow({ where: { email } });
  expect(twoFactorEnabled).toBe(true);

  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 30_000 }); // a code is taken once
  onTestFinished(() => void vi.useRealTimers());
  const half = await signIn(password, here);
  expect(await half.json()).toMatchObject({ twoFactorRedirect: true });
  const cookie = cookiesOf(half);
  expect(await auth().api.getSession({ headers: new Headers({ cookie }) })).toBeNull();
  const wrong = auth().api.verifyTOTP({ body: { code: "000000" }, headers: new Headers({ cookie }) });
  await expect(wrong).rejects.toMatchObject({ status: "UNAUTHORIZED" });
  const whole = await auth().api.verifyTOTP({
    body: await codeNow(secret),
    headers: new Headers({ cookie }),
    asResponse: true,
  });
  expect(whole.status).toBe(200);
  const session = await auth().api.getSession({ headers: new Headers({ cookie: cookiesOf(whole) }) });
  expect(session?.user.email).toBe(email);
});

function restoreSettings(): void {
  vi.unstubAllEnvs();
  forgetSettings();
}

/** Makes the next call read the settings again. */
function forgetSettings(): void {
  for (const name of ["env", "auth", "auth-for-reading"]) globalThis.signetState?.delete(name);
}

function sessionOf(cookie: string) {
  return auth().api.getSession({ headers: new Headers({ cookie }) });
}

function signIn(given: string, address: string, as = email, cookie = ""): Promise<Response> {
  const headers = new Headers({ [CLIENT_ADDRESS]: address, cookie });
  return auth().api.signInEmail({ body: { email: as, password: given }, headers, asResponse: true });
}

async function signedIn(): Promise<string> {
  const response = await signIn(password, here);
  expect(response.status).toBe(200);
  return cookiesOf(response);
}

function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}

function codeNow(secret: string): Promise<{ code: string }> {
  return auth().api.generateTOTP({ body: { secret } });
}

function fromBase32(text: string): string {
  const bits = [...text]
    .map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0"))
    .join("");
  const bytes = Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
  return new TextDecoder().decode(bytes);
}
