import { notFound } from "next/navigation";
import { cache } from "react";
import { z } from "zod";
import { allowOnCustomer } from "@/server/access/gate";
import { principal, seen } from "@/server/identity/session";
import { customerById } from "@/server/licenses/customers";

export type IdParams = { params: Promise<{ id: string }> };

/** The gate of a customer's page; returns the customer, read once per request. */
export async function customerOfPage({ params }: IdParams) {
  const id = z.uuid().safeParse((await params).id);
  if (!id.success) notFound();
  return readCustomer(id.data);
}

const readCustomer = cache(async (id: string) => {
  const who = await principal();
  await seen(() => allowOnCustomer(who, "customers.read", id));
  return { who, customer: await seen(() => customerById(id)) };
});
