import "server-only";
import { randomInt } from "node:crypto";
import { APIError } from "better-auth/api";
import { headers } from "next/headers";
import type { AuditAction } from "@/domain/audit-actions";
import { Refusal } from "@/domain/refusals/refusal";
import type { Actor } from "@/server/access/actor";
import { recordEvents } from "@/server/audit/audit";
import { INSTALLATION } from "@/server/secrets/data-keys";
import { encryptForAuth } from "@/server/secrets/session-secrets";
import { lockInstallation } from "@/server/store/locks";
import { store, type Tx } from "@/server/store/store";
import { auth, authIn } from "./auth";
import { provePassword } from "./password";

/** The enrollment for an authenticator app: a QR code of the address, or the secret to type. */
export type Enrolment = { address: string; secret: string };

const RECOVERY_CODES = 10;
const LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"; // no two look alike

/** Creates a secret for the person's second factor; sign-in doesn't require it yet. */
export async function beginSecondFactor(userId: string, password: string): Promise<Enrolment> {
  await provePassword(userId, password);
  try {
    const begun = await auth().api.enableTwoFactor({ body: { password }, headers: await headers() });
    const address = "totpURI" in begun ? begun.totpURI : "";
    return { address, secret: new URL(address).searchParams.get("secret") ?? "" };
  } catch (error) {
    if (error instanceof APIError && error.body?.code === "TOTP_ALREADY_ENABLED") throw isOn();
    throw error;
  }
}

/** Turns the second factor on with a first code. Returns the recovery codes, this time only. Throws `WRONG_CODE`. */
export async function finishSecondFactor(
  userId: string,
  code: string,
  actor: Actor,
  now: Date,
): Promise<string[]> {
  const request = { body: { code: code.replace(/\s/g, "") }, headers: await headers() };
  try {
    return await store().db.$transaction(async (tx) => {
      await lockInstallation(tx);
      await authIn(tx).api.verifyTOTP(request);
      await recordEvents(tx, INSTALLATION, actor, now, [event("user.second-factor-on", userId)]);
      return replaceCodes(tx, userId);
    });
  } catch (error) {
    if (error instanceof APIError && error.status === "UNAUTHORIZED") throw wrongCode();
    throw error;
  }
}

/** Replaces the remaining recovery codes. */
export async function renewRecoveryCodes(
  userId: string,
  password: string,
  actor: Actor,
  now: Date,
): Promise<string[]> {
  await provePassword(userId, password);
  return store().db.$transaction(async (tx) => {
    await lockInstallation(tx);
    await recordEvents(tx, INSTALLATION, actor, now, [event("user.recovery-codes-renewed", userId)]);
    return replaceCodes(tx, userId);
  });
}

export async function endSecondFactor(
  userId: string,
  password: string,
  actor: Actor,
  now: Date,
): Promise<void> {
  await provePassword(userId, password);
  await store().db.$transaction(async (tx) => {
    await lockInstallation(tx);
    await recordEvents(tx, INSTALLATION, actor, now, [event("user.second-factor-off", userId)]);
    await tx.twoFactor.deleteMany({ where: { userId } });
    await tx.user.update({ where: { id: userId }, data: { twoFactorEnabled: false } });
  });
}

/** How many recovery codes are left; null without a second factor. */
export async function remainingRecoveryCodes(userId: string): Promise<number | null> {
  const row = await store().db.twoFactor.findFirst({ where: { userId, verified: true } });
  if (!row) return null;
  const { backupCodes } = await auth().api.viewBackupCodes({ body: { userId } });
  return backupCodes?.length ?? 0;
}

async function replaceCodes(tx: Tx, userId: string): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, newCode);
  const backupCodes = await encryptForAuth(JSON.stringify(codes));
  const { count } = await tx.twoFactor.updateMany({
    where: { userId, verified: true },
    data: { backupCodes },
  });
  if (count === 0) throw new Refusal("NOT_FOUND", "The second factor is off. Turn it on first.");
  return codes;
}

function newCode(): string {
  const letters = Array.from({ length: 10 }, () => LETTERS[randomInt(LETTERS.length)]).join("");
  return `${letters.slice(0, 5)}-${letters.slice(5)}`;
}

function event(action: AuditAction, object: string) {
  return { action, object };
}

function isOn(): Refusal {
  return new Refusal("SECOND_FACTOR_SET", "The second factor is already on. Turn it off to start over.");
}

function wrongCode(): Refusal {
  const title = "The code does not match. Codes change every 30 seconds: enter the one shown now.";
  return new Refusal("WRONG_CODE", title, { faults: [{ code: "WRONG_CODE", title, pointer: "/code" }] });
}
