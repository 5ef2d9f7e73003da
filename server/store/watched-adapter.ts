import type {
  SqlDriverAdapter,
  SqlDriverAdapterFactory,
  SqlQuery,
  SqlQueryable,
  Transaction,
} from "@prisma/driver-adapter-utils";
import { markedTransaction } from "./commit-mark";
import { noteCommit, noteLoss } from "./statement-result";
import { nameOfStatement, traced, tracing } from "./tracing";

const COMMIT = "COMMIT";

/** The same adapter, which records what was committed and what was sent without a response; see statement-result.ts. */
export function watchedAdapter(factory: SqlDriverAdapterFactory): SqlDriverAdapterFactory {
  const connect = factory.connect.bind(factory);
  return Object.assign(factory, { connect: async () => watchedConnection(await connect()) });
}

function watchedConnection(adapter: SqlDriverAdapter): SqlDriverAdapter {
  const start = adapter.startTransaction.bind(adapter);
  const startTransaction: SqlDriverAdapter["startTransaction"] = async (level) =>
    watchedTransaction(await start(level));
  return Object.assign(adapter, { ...watchedQueries(adapter, ({ sql }) => sql), startTransaction });
}

/** The adapter decides whether a statement or the adapter itself commits a transaction. */
function watchedTransaction(transaction: Transaction): Transaction {
  const commit = transaction.commit.bind(transaction);
  const isSilent = transaction.options.usePhantomQuery;
  const marked = markedTransaction();
  const execute = transaction.executeRaw.bind(transaction);
  const rollback = isSilent ? transaction.rollback.bind(transaction) : () => execute(sqlOf("ROLLBACK"));
  const mark = async () => {
    try {
      await marked.beforeCommit(({ text, values }) => execute(sqlOf(text, values)));
    } catch (error) {
      await rollback().catch(() => {}); // whoever commits doesn't: it only returns the connection
      throw error;
    }
  };
  const watchedParts = watchedQueries(transaction, ({ sql }) => (sql === COMMIT ? sql : null));
  const before = async (query: SqlQuery) => (query.sql === COMMIT ? mark() : marked.note(query.sql));
  return Object.assign(transaction, {
    queryRaw: (query: SqlQuery) => before(query).then(() => watchedParts.queryRaw(query)),
    executeRaw: (query: SqlQuery) => before(query).then(() => watchedParts.executeRaw(query)),
    ...(isSilent && { commit: () => mark().then(() => watched(COMMIT, commit())) }),
  });
}

function sqlOf(sql: string, args: string[] = []): SqlQuery {
  const text = { arity: "scalar", scalarType: "string" } as const;
  return { sql, args, argTypes: args.map(() => text) };
}

/** `committed` names the statement that commits when it ends; null if that comes later. */
function watchedQueries(on: SqlQueryable, committed: (query: SqlQuery) => string | null) {
  const queryRaw = on.queryRaw.bind(on);
  const executeRaw = on.executeRaw.bind(on);
  return {
    queryRaw: (query: SqlQuery) => watched(committed(query), sent(query, queryRaw)),
    executeRaw: (query: SqlQuery) => watched(committed(query), sent(query, executeRaw)),
  };
}

/** Prisma's statements have no names. */
function sent<T>(query: SqlQuery, run: (query: SqlQuery) => Promise<T>): Promise<T> {
  return tracing() ? traced(nameOfStatement(query.sql), () => run(query)) : run(query);
}

async function watched<T>(text: string | null, result: Promise<T>): Promise<T> {
  try {
    const value = await result;
    if (text !== null) noteCommit(text);
    return value;
  } catch (error) {
    throw noteLoss(error, text);
  }
}
