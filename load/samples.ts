import type { Line } from "@/bench/results";
import { median } from "@/bench/rounds";
import { queryOn } from "@/scripts/databases";
import { folderMb, openDescriptors, residentMb } from "./machine-use";
import type { Office } from "./office";
import { repeated } from "./repeated";
import type { Stand } from "./stand";

/** What is looked at, and its size in MB or its number. */
export type Sample = Record<keyof typeof WORDS, number>;

const WORDS = {
  serverMemory: "Server, resident memory: MB",
  serverDescriptors: "Server, open descriptors",
  agentMemory: "Agent, resident memory: MB",
  agentDescriptors: "Agent, open descriptors",
  agentFolder: "Agent, folder: MB",
};
const NAMES = Object.keys(WORDS) as (keyof typeof WORDS)[];
const EVERY_MS = 10_000;
const MOST_PERCENT = 5;
const MINUTE = 60_000;

/** Looks every ten seconds, and says so every five minutes. */
export function startSampling(stand: Stand, { agent }: Office) {
  const samples: { at: number; sample: Sample }[] = [];
  const begun = performance.now();
  const looking = repeated(EVERY_MS, async () => {
    const at = performance.now() - begun;
    const { pid } = stand.server();
    samples.push({
      at,
      sample: {
        ...{ serverMemory: residentMb(pid), serverDescriptors: openDescriptors(pid) },
        ...{ agentMemory: residentMb(agent.pid), agentDescriptors: openDescriptors(agent.pid) },
        agentFolder: await folderMb(agent.data),
      },
    });
    if (samples.length % 30 === 0) console.error(`${Math.round(at / MINUTE)} min`, samples.at(-1)?.sample);
  });
  return {
    stop: looking.stop,
    between: (from: number, to: number) =>
      samples.filter(({ at }) => at >= from * MINUTE && at < to * MINUTE).map(({ sample }) => sample),
  };
}

/** The median of the last minutes beside that of the first ones: garbage comes and goes between the samples. */
export function grownLines(first: Sample[], last: Sample[]): Line[] {
  return NAMES.map((name) => {
    const [before, after] = [first, last].map((some) => median(some.map((sample) => sample[name])));
    return grownLine(WORDS[name], before ?? Number.NaN, after ?? Number.NaN);
  });
}

function grownLine(what: string, before: number, after: number): Line {
  const percent = (after / before - 1) * 100;
  const digits = after < 10 ? 2 : 1;
  const value = `${before.toFixed(digits)} → ${after.toFixed(digits)} (${percent > 0 ? "+" : ""}${percent.toFixed(1)} %)`;
  return { what, value, target: `≤ +${MOST_PERCENT} %`, isMet: percent <= MOST_PERCENT };
}

/** The tables of a database with their indexes, in MB. */
export async function tableSizes({ settings }: Stand): Promise<Map<string, number>> {
  const rows = await queryOn<{ name: string; mb: number }>(
    settings.DATABASE_URL ?? "",
    `SELECT n.nspname || '.' || c.relname AS name, pg_total_relation_size(c.oid) / 1048576.0::float8 AS mb
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'm') AND n.nspname IN ('public', 'pgboss')`,
  );
  return new Map(rows.map(({ name, mb }) => [name, Number(mb)]));
}
