import { PrismaPg } from "@prisma/adapter-pg";
import type { SqlDriverAdapterFactory, SqlQuery } from "@prisma/driver-adapter-utils";
import type pg from "pg";
import { PrismaClient } from "@/prisma/client/client";
import { parseReadUrl } from "./database-url";
import type { Env } from "./env";
import { proveSessions } from "./pooled-sessions";
import { Replica } from "./replica";
import { type Sql, sqlOnPool } from "./sql";
import { openReadConnections, type Waits } from "./store-connections";
import { watchedAdapter } from "./watched-adapter";

type Primary = { hot: pg.Pool; main: pg.Pool; sql: Sql };
type Settings = Pick<Env, "DATABASE_READ_URL" | "DATABASE_READ_MAX_AGE">;

/** The read replica of the settings, and both clients on it; null if none is named. Nothing is sent to it yet. */
export function openReplica(settings: Settings, primary: Primary, waits: Waits) {
  if (!settings.DATABASE_READ_URL) return null;
  const pools = openReadConnections(parseReadUrl(settings.DATABASE_READ_URL), waits);
  const { hot, main, renew, watch } = pools;
  const replica = new Replica({
    ...{ primary: primary.hot, standby: hot, renew, watch },
    prove: () => proveSessions(hot, pools.settings, "DATABASE_READ_URL"),
    maxAgeMs: settings.DATABASE_READ_MAX_AGE * 1000,
  });
  const adapter = routedAdapter(replica, {
    standby: new PrismaPg(main),
    primary: new PrismaPg(primary.main),
  });
  const db = new PrismaClient({ adapter: watchedAdapter(adapter) });
  const close = async () => {
    await db.$disconnect();
    await pools.end();
  };
  return { replica, reads: { db, sql: routedSql(replica, sqlOnPool(hot), primary.sql) }, close };
}

function routedSql(replica: Replica, standby: Sql, primary: Sql): Pick<Sql, "query"> {
  return {
    query: (statement, values) =>
      replica.route(
        () => standby.query(statement, values),
        () => primary.query(statement, values),
      ),
  };
}

/** The adapter of the primary, whose single queries may go to the replica; its transactions never do. */
function routedAdapter(
  replica: Replica,
  { standby, primary }: { standby: SqlDriverAdapterFactory; primary: SqlDriverAdapterFactory },
): SqlDriverAdapterFactory {
  const connect = async () => {
    const [there, here] = await Promise.all([standby.connect(), primary.connect()]);
    const [queryRaw, dispose] = [here.queryRaw.bind(here), here.dispose.bind(here)];
    return Object.assign(here, {
      queryRaw: (query: SqlQuery) =>
        replica.route(
          () => there.queryRaw(query),
          () => queryRaw(query),
        ),
      dispose: async () => void (await Promise.all([there.dispose(), dispose()])),
    });
  };
  return { provider: primary.provider, adapterName: primary.adapterName, connect };
}
