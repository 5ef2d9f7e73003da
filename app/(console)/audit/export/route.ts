import type { NextRequest } from "next/server";
import { readInScope } from "@/app/(console)/_lib/reading";
import { download } from "@/app/(console)/_list/download";
import { allowOnChain } from "@/server/audit/chain";
import { signedExport } from "@/server/audit/export";
import { activeSigner } from "@/server/keys/signing-keys";

/** Serves a chain and its signature as a file. */
export async function GET({ nextUrl }: NextRequest): Promise<Response> {
  const chain = nextUrl.searchParams.get("chain") ?? "";
  return readInScope("audit.read", async ({ who }) => {
    await allowOnChain(who, chain);
    return download(
      { name: `audit-${chain}.jsonl`, type: "application/jsonl" },
      signedExport(chain, activeSigner),
    );
  });
}
