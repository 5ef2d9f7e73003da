import { PrismaPg } from "@prisma/adapter-pg";
import { type Prisma, PrismaClient } from "@/prisma/client/client";

declare global {
  var firstStore: PrismaClient | undefined;
}

/** One client per process. */
export function store(): PrismaClient {
  const connectionString = process.env.DATABASE_URL;
  globalThis.firstStore ??= new PrismaClient({ adapter: new PrismaPg({ connectionString, max: 16 }) });
  return globalThis.firstStore;
}

export type Tx = Prisma.TransactionClient;

/** Long timeouts, so that a slow moment is no error. */
export const PATIENT = { maxWait: 30_000, timeout: 30_000 };
