import { hkdfSync, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Env } from "./env";

const SIZE = 32;

/**
 * The secrets of the installation, the one to use first. It wraps data keys and signs sessions, nothing else.
 * The embedded store makes its own at the first start, in `DATA_DIR/secret`.
 */
export function readSecrets(env: Env): Buffer[] {
  const current = env.SIGNET_SECRET ? Buffer.from(env.SIGNET_SECRET, "base64") : secretInFolder(env.DATA_DIR);
  const previous = env.SIGNET_SECRET_PREVIOUS ? [Buffer.from(env.SIGNET_SECRET_PREVIOUS, "base64")] : [];
  return [current, ...previous];
}

function secretInFolder(folder: string): Buffer {
  const path = join(folder, "secret");
  if (!existsSync(/* turbopackIgnore: true */ path)) {
    mkdirSync(/* turbopackIgnore: true */ folder, { recursive: true, mode: 0o700 });
    writeFileSync(/* turbopackIgnore: true */ path, randomBytes(SIZE).toString("base64"), {
      mode: 0o600,
      flag: "wx",
    });
  }
  return Buffer.from(readFileSync(/* turbopackIgnore: true */ path, "utf8"), "base64");
}

/** A key for one purpose, so that no two uses share one (RFC 5869). */
export function derived(secret: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, "", `signet ${purpose}`, SIZE));
}
