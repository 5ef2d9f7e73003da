import { type Command, CommanderError } from "commander";
import type { Verification } from "@/server/audit/chain";
import { storedChains, verifyStored } from "@/server/audit/chains";
import { count } from "./count";
import { withStore } from "./with-store";

export function audit(program: Command): void {
  program
    .command("audit")
    .description("the audit log")
    .command("verify")
    .description("verify every audit chain, and name the first bad event of each")
    .action(async () => {
      const { chains, events, broken } = await withStore(verifyAll);
      if (broken === 0)
        return void process.stdout.write(
          `${count(chains, "chain")} verified, ${count(events, "event")} intact.\n`,
        );
      process.stdout.write(
        `${count(broken, "chain")} of ${count(chains, "chain")} ${broken === 1 ? "is" : "are"} broken.\n`,
      );
      throw new CommanderError(1, "audit.broken", "An audit chain is broken.");
    });
}

async function verifyAll() {
  const sums = { chains: 0, events: 0, broken: 0 };
  for await (const chain of storedChains()) {
    const found = await verifyStored(chain);
    sums.chains += 1;
    sums.events += found.events;
    if (found.whole) continue;
    sums.broken += 1;
    process.stdout.write(`${sentenceOf(found)}\n`);
  }
  return sums;
}

function sentenceOf({
  chain,
  bad: { sequence, id, reason },
}: Extract<Verification, { whole: false }>): string {
  const named = id ? ` (${id})` : "";
  return `BROKEN  ${chain}: event ${sequence}${named} ${reason}`;
}
