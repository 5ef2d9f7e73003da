import { type Command, CommanderError } from "commander";
import type { JWK } from "jose";
import { type Conflict, conflictSentence, timeText } from "@/domain/audit-checkpoint";
import { parseTimestamp } from "@/domain/timestamp";
import type { Verification } from "@/server/audit/chain";
import { storedChains, verifyStored } from "@/server/audit/chains";
import type { CheckpointArchive } from "@/server/checkpoints/archive";
import { compareWithCheckpoints } from "@/server/checkpoints/comparison";
import { archiveOf } from "@/server/checkpoints/configured-archive";
import { CHECKPOINT_ERRORS } from "@/server/checkpoints/signed-checkpoint";
import { env } from "@/server/store/env";
import { count } from "./count";
import { keySetOf } from "./key-set";
import { withStore } from "./with-store";

type Wanted = { jwks?: string; since?: string };

/** `folder` is where the command was called: file names are relative to it. */
export const audit = (folder: string) => (program: Command) => {
  program
    .command("audit")
    .description("the audit log")
    .command("verify")
    .description(
      "verify every audit chain, name the first bad event of each, and compare with the checkpoints",
    )
    .option("--jwks <file or url>", "prove checkpoints by these public keys instead of those in the store")
    .option("--since <time>", "compare only with checkpoints from then on, as in 2026-11-30T12:00:00Z")
    .action(async (wanted: Wanted) => {
      const compare = await comparer(wanted, folder);
      const isGood = await withStore(async () => {
        const isWhole = await verifyAll();
        return (await compare()) && isWhole;
      });
      if (!isGood) throw new CommanderError(1, "audit.broken", "An audit chain is broken.");
    });
};

/** Verifies every chain. Returns whether all are intact. */
async function verifyAll(): Promise<boolean> {
  const sums = { chains: 0, events: 0, broken: 0 };
  for await (const chain of storedChains()) {
    const found = await verifyStored(chain);
    sums.chains += 1;
    sums.events += found.events;
    if (found.whole) continue;
    sums.broken += 1;
    say(sentenceOf(found));
  }
  const chains = count(sums.chains, "chain");
  if (sums.broken === 0) say(`${chains} verified, ${count(sums.events, "event")} intact.`);
  else say(`${count(sums.broken, "chain")} of ${chains} ${sums.broken === 1 ? "is" : "are"} broken.`);
  return sums.broken === 0;
}

function sentenceOf({
  chain,
  bad: { sequence, id, reason },
}: Extract<Verification, { whole: false }>): string {
  const named = id ? ` (${id})` : "";
  return `BROKEN  ${chain}: event ${sequence}${named} ${reason}`;
}

/** What compares the chains with the checkpoints of the settings; it finds nothing to compare if none are set. */
async function comparer({ jwks, since }: Wanted, folder: string): Promise<() => Promise<boolean>> {
  const archive = archiveOf(env());
  if (!archive && (jwks ?? since) !== undefined)
    throw new Error("--jwks and --since are about checkpoints: set AUDIT_CHECKPOINTS to where they are.");
  if (!archive) return async () => true;
  const keys = jwks === undefined ? undefined : { keys: await keySetOf(jwks, folder) };
  const begin = since === undefined ? undefined : timeIn(since);
  return () => compareAll(archive, keys, begin);
}

function timeIn(text: string): Date {
  const time = parseTimestamp(text);
  if (!time) throw new Error("--since needs a time like 2026-11-30T12:00:00Z.");
  return time;
}

/** Compares the chains with checkpoints. Returns whether no chain differs from any of them. */
async function compareAll(
  archive: CheckpointArchive,
  keys?: { keys: JWK[] },
  since?: Date,
): Promise<boolean> {
  const { checkpoints, newest, refused, conflicts } = await compareWithCheckpoints(archive, { keys, since });
  for (const { name, error } of refused) say(`REFUSED  ${name} ${CHECKPOINT_ERRORS[error]}`);
  for (const conflict of conflicts) say(`${labelOf(conflict)}  ${conflictSentence(conflict)}`);
  if (!newest) say(`There is no checkpoint in ${archive.name}${since ? ` since ${timeText(since)}` : ""}.`);
  else say(`Compared with ${count(checkpoints, "checkpoint")}, the newest of ${timeText(newest)}.`);
  if (conflicts.length > 0)
    say(`${count(conflicts.length, "chain")} ${conflicts.length === 1 ? "differs" : "differ"} from them.`);
  return newest !== null && refused.length + conflicts.length === 0;
}

function labelOf({ kind, restored }: Conflict): string {
  if (restored) return "RESTORED";
  return kind === "replaced" ? "REPLACED" : "MISSING";
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
