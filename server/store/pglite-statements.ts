import { type PGlite, parse, protocol, type Transaction } from "@electric-sql/pglite";

type Messages = Awaited<ReturnType<PGlite["execProtocolStream"]>>;
type Prepared = { name: string; types: number[]; described: Messages };

const { serialize } = protocol;
/** Whether to wait for the disk is decided once a statement is done, as PGlite's own `query` does. */
const WITHOUT_DISK = { syncToFs: false };

/**
 * Statements that PGlite parses and plans once, by their text: its own `query` does both again at every call, which
 * takes several times as long as the work of a hot statement.
 */
export function preparedOn(lite: PGlite, parsers: Record<number, (text: string) => unknown>) {
  const known = new Map<string, Prepared>();
  let tried = 0;
  const send = (message: Uint8Array) => lite.execProtocolStream(message, WITHOUT_DISK);

  const prepared = async (text: string): Promise<Prepared> => {
    const found = known.get(text);
    if (found) return found;
    tried += 1;
    const name = `hot_${tried}`;
    await send(serialize.parse({ name, text }));
    const described = await send(serialize.describe({ type: "S", name }));
    const statement = { name, types: parse.parseDescribeStatementResults(described), described };
    known.set(text, statement);
    return statement;
  };

  const answersTo = async (text: string, values: unknown[]): Promise<Messages> => {
    const { name, types, described } = await prepared(text);
    const texts = values.map((value, nth) => asText(lite, types[nth], value));
    const bound = await send(serialize.bind({ statement: name, values: texts }));
    return [...described, ...bound, ...(await send(serialize.execute({})))];
  };

  /** A sync message ends the work, even after an error; outside a transaction it commits. */
  const run = <Row>(text: string, values: unknown[]) =>
    lite.runExclusive(async () => {
      const answers = await answersTo(text, values).finally(() => send(serialize.sync()));
      const [result] = parse.parseResults(answers, lite.parsers, { parsers });
      return (result?.rows ?? []) as Row[]; // The author of a statement knows the type of its rows.
    });

  return {
    /** Runs alone, beside no transaction, and is on the disk when it returns. PGlite's own `query` takes these steps. */
    async alone<Row>(text: string, values: unknown[]): Promise<Row[]> {
      await lite._checkReady();
      return lite._runExclusiveTransaction(async () => {
        const rows = await run<Row>(text, values);
        await lite.syncToFs();
        return rows;
      });
    },
    /** Runs within the transaction, which is the only open one. */
    async within<Row>(transaction: Transaction, text: string, values: unknown[]): Promise<Row[]> {
      if (transaction.closed) throw new Error("The transaction is over.");
      return run<Row>(text, values);
    },
  };
}

function asText({ serializers }: PGlite, type = 0, value: unknown): string | null {
  if (value === null || value === undefined) return null;
  const serialized: unknown = serializers[type]?.(value) ?? String(value);
  return String(serialized);
}
