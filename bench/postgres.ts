import { embeddedPostgres, type OwnPostgres } from "@/scripts/postgres";
import { atEnd } from "./cleanup";

/** Until the end of this run: a PostgreSQL configured like a production server, with enough memory for the measurements. */
export async function productionPostgres(): Promise<OwnPostgres> {
  const postgres = await embeddedPostgres({
    durable: true,
    settings: { shared_buffers: "512MB", max_wal_size: "4GB" },
  });
  atEnd(() => postgres.remove());
  return postgres;
}
