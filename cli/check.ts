import { type Command, CommanderError } from "commander";
import { runCheck } from "@/server/maintenance/check";
import type { CheckedRule } from "@/server/maintenance/check-rules";
import { count } from "./count";
import { withStore } from "./with-store";

export function check(program: Command): void {
  program
    .command("check")
    .description("check the store: counters, versions, subjects, definitions and audit chains")
    .action(async () => {
      const checked = await withStore(() => runCheck(print));
      const broken = checked.filter((rule) => rule.broken > 0);
      if (broken.length === 0) return void process.stdout.write("The store passes every check.\n");
      process.stdout.write(`The store fails ${count(broken.length, "check")}.\n`);
      throw new CommanderError(1, "check.broken", "The store fails a check.");
    });
}

function print({ rule, rows, broken, first }: CheckedRule): void {
  const found = broken === 0 ? "ok    " : "BROKEN";
  const lines = [`${found}  ${rule} (${count(rows, "row")})`];
  if (broken > 0) lines.push(`        ${count(broken, "row")} ${broken === 1 ? "fails" : "fail"}:`);
  for (const id of first) lines.push(`        - ${id}`);
  if (broken > first.length) lines.push(`        and ${broken - first.length} more`);
  process.stdout.write(`${lines.join("\n")}\n`);
}
