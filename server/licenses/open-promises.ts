import type { ShareWish } from "@/domain/offline/checkout";
import type { Tx } from "@/server/store/store";

/** What an open signed definition still grants, whatever the license grants by now. */
export type OpenPromise = {
  checkout: string;
  label: string;
  product: string;
  expires: Date;
  /** The shares; null for the whole definition as it was when the file was issued. */
  shares: ShareWish[] | null;
};

const MOST = 200;

/** The open signed definitions of a license, the last to expire first. */
export async function openPromises(
  tx: Pick<Tx, "checkout">,
  license: string,
  now: Date,
): Promise<OpenPromise[]> {
  const rows = await tx.checkout.findMany({
    where: { license, returnedAt: null, expiresAt: { gt: now } },
    orderBy: [{ expiresAt: "desc" }, { id: "asc" }],
    take: MOST,
  });
  return rows.map(({ id: checkout, label, product, expiresAt: expires, shares }) => ({
    ...{ checkout, label, product, expires },
    // The shares were validated when they were written.
    shares: shares as ShareWish[] | null,
  }));
}
