import { notFound } from "next/navigation";
import { cache } from "react";
import { z } from "zod";
import { allowedTo, seen } from "@/server/identity/session";
import { connectionById } from "@/server/scim/connections";

export type DirectoryParams = { params: Promise<{ id: string }> };

/** The gate of a directory's pages; returns its connection, read once per request. */
export async function directoryOfPage({ params }: DirectoryParams) {
  const id = z.uuid().safeParse((await params).id);
  const who = await allowedTo("scim.read");
  if (!id.success) notFound();
  return { who, connection: await readConnection(id.data) };
}

const readConnection = cache(async (id: string) => {
  const who = await allowedTo("scim.read");
  return seen(() => connectionById(who, id));
});
