import { compactVerify, decodeProtectedHeader, importSPKI } from "jose";
import { store, type Tx } from "./store";

const keys = new Map<string, CryptoKey>();

/** Verifies the key of a request; returns its claims. */
export async function provenKey(request: Request): Promise<{ jti: string; license: string }> {
  const text = request.headers.get("authorization")?.slice("Bearer ".length) ?? "";
  const { kid = "" } = decodeProtectedHeader(text);
  const { payload } = await compactVerify(text, await publicKey(kid), { algorithms: ["RS512"] });
  return JSON.parse(new TextDecoder().decode(payload));
}

async function publicKey(kid: string): Promise<CryptoKey> {
  const known = keys.get(kid);
  if (known) return known;
  const row = await store().signingKey.findUniqueOrThrow({ where: { kid } });
  const key = await importSPKI(row.publicKey, "RS512");
  keys.set(kid, key);
  return key;
}

/** Reads whether the key is in force, and records the deployment. */
export async function admit(
  tx: Tx,
  { jti, license }: { jti: string; license: string },
  source: string,
  stamp: { lastReport: Date } | { lastSync: Date },
): Promise<void> {
  const key = await tx.signedKey.findUniqueOrThrow({
    where: { jti },
    include: { license: true, signingKey: true },
  });
  const isIn = !key.revokedAt && key.license.status === "active" && key.signingKey.status !== "withdrawn";
  if (!isIn || key.licenseNumber !== license) throw new Error("The key is not in force.");
  const now = new Date();
  await tx.deployment.upsert({
    where: { license_source: { license, source } },
    create: { license, source, jti, product: "QSEfW", firstSeen: now, lastSeen: now, ...stamp },
    update: { jti, lastSeen: now, ...stamp },
  });
}
