import { store } from "@/server/store/store";

export type SigningKeySummary = {
  kid: string;
  status: "active" | "retired" | "withdrawn";
  created: Date;
  retired: Date | null;
  withdrawn: Date | null;
  /** License keys that it signed and that weren't revoked: they stop when it is withdrawn. */
  liveKeys: number;
};

/** Every signing key of this installation, newest first. */
export async function listSigningKeys(): Promise<SigningKeySummary[]> {
  const rows = await store().db.signingKey.findMany({
    orderBy: [{ createdAt: "desc" }, { kid: "desc" }],
    include: { _count: { select: { keys: { where: { revokedAt: null } } } } },
  });
  return rows.map(({ kid, status, createdAt, retiredAt, withdrawnAt, _count }) => ({
    kid,
    status,
    created: createdAt,
    retired: retiredAt,
    withdrawn: withdrawnAt,
    liveKeys: status === "withdrawn" ? 0 : _count.keys,
  }));
}
