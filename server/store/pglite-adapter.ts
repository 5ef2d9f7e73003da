import type { Transaction as LiteTransaction, PGlite } from "@electric-sql/pglite";
import type { IsolationLevel, SqlDriverAdapterFactory, Transaction } from "@prisma/driver-adapter-utils";
import { PrismaPGlite } from "pglite-prisma-adapter";
import { type InTime, transactionInTime } from "./pglite-turns";

type Work = (transaction: LiteTransaction) => Promise<unknown>;

/** Prisma's adapter for PGlite, with transactions that end in time, and that fail if their commit does. */
export function pgliteAdapter(lite: PGlite, inTime: InTime): SqlDriverAdapterFactory {
  const factory = new PrismaPGlite(lite);
  const connect = factory.connect.bind(factory);
  return Object.assign(factory, {
    connect: async () =>
      Object.assign(await connect(), {
        startTransaction: (level?: IsolationLevel) => startTransaction(lite, inTime, level),
      }),
  });
}

/** The adapter considers a transaction committed once its work is done, so its end is watched here. */
async function startTransaction(lite: PGlite, inTime: InTime, level?: IsolationLevel): Promise<Transaction> {
  let end: Promise<unknown> = Promise.resolve();
  const own = {
    exec: lite.exec.bind(lite),
    transaction: (work: Work) => {
      end = lite.transaction((transaction) => work(transactionInTime(transaction, inTime)));
      return end;
    },
  };
  const adapter = await new PrismaPGlite(own as unknown as PGlite).connect(); // The adapter starts transactions with these two.
  const transaction = await adapter.startTransaction(level);
  const commit = transaction.commit.bind(transaction);
  const rollback = transaction.rollback.bind(transaction);
  const undo = async (error: unknown) => {
    await rollback();
    throw error;
  };
  return Object.assign(transaction, {
    commit: async () => {
      await inTime(async () => {}).catch(undo);
      await commit();
      await end;
    },
  });
}
