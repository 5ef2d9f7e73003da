import type { Prisma } from "@/prisma/client/client";
import { behind, decodeCursor, type Keyset, type Page, pageOf, type Slice } from "@/server/store/cursor";
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
  return (await readKeys({})).map(summaryOf);
}

/** The same, page by page. */
export async function pageOfSigningKeys({ limit, cursor }: Slice): Promise<Page<SigningKeySummary>> {
  const filter = ["signing-keys"];
  const rows = await readKeys({ where: behind(decodeCursor(cursor, filter), NEWEST), take: limit + 1 });
  const page = pageOf(rows, limit, filter, ({ kid, createdAt }) => ({
    key: createdAt.toISOString(),
    id: kid,
  }));
  return { items: page.items.map(summaryOf), cursor: page.cursor };
}

const NEWEST: Keyset<Prisma.SigningKeyWhereInput> = {
  direction: "desc",
  onKey: (createdAt) => ({ createdAt }),
  onId: (kid) => ({ kid }),
};

function readKeys(which: Pick<Prisma.SigningKeyFindManyArgs, "where" | "take">) {
  return store().db.signingKey.findMany({
    ...which,
    orderBy: [{ createdAt: "desc" }, { kid: "desc" }],
    include: { _count: { select: { keys: { where: { revokedAt: null } } } } },
  });
}

type Row = Awaited<ReturnType<typeof readKeys>>[number];

function summaryOf({ kid, status, createdAt, retiredAt, withdrawnAt, _count }: Row): SigningKeySummary {
  return {
    kid,
    status,
    created: createdAt,
    retired: retiredAt,
    withdrawn: withdrawnAt,
    liveKeys: status === "withdrawn" ? 0 : _count.keys,
  };
}
