import { type Command, InvalidArgumentError, Option } from "commander";
import { foldSubject } from "@/domain/assignments/subject";
import { DAY } from "@/domain/month";
import { Refusal } from "@/domain/refusals/refusal";
import { ROLES, type Role } from "@/domain/roles";
import { isUuid } from "@/domain/uuid";
import { SYSTEM } from "@/server/access/actor";
import type { Principal } from "@/server/access/gate";
import { createToken } from "@/server/identity/tokens";
import { customerById, listCustomers } from "@/server/licenses/customers";
import { licenseByNumber } from "@/server/licenses/licenses";
import { readNumber } from "./read-number";
import { withStore } from "./with-store";

type Wanted = { role: Role; name: string; license?: string; customer: string[]; days?: number };

/** A person who has the store's settings can do everything with it. */
const OPERATOR: Principal = {
  ...{ kind: "token", id: SYSTEM.id, name: "signet", role: "owner" },
  ...{ customers: null, license: null },
};
const MOST_ALIKE = 1000;

export function token(program: Command): void {
  program
    .command("token")
    .description("credentials for programs")
    .command("create")
    .description("create a token and print it; it is shown only once")
    .addOption(new Option("--role <role>", "the token's role").choices(ROLES).makeOptionMandatory())
    .requiredOption("--name <name>", "the token's name")
    .option("--license <number>", "limit it to one license", readNumber)
    .option("--customer <name or id>", "limit a license-admin to customers; can be repeated", collect, [])
    .option("--days <count>", "how long it is valid; without it, no end date", readDays)
    .action(async (wanted: Wanted) => {
      const { token: text } = await withStore(() => create(wanted));
      process.stderr.write("Store it safely: it is not shown again.\n");
      process.stdout.write(`${text}\n`);
    });
}

async function create({ role, name, license, customer, days }: Wanted) {
  const now = new Date();
  if (license) await known(licenseByNumber(license, now), `License ${license} doesn't exist.`);
  const customers: string[] = [];
  for (const nameOrId of customer) customers.push(await customerNamed(nameOrId));
  const expires = days === undefined ? undefined : new Date(now.getTime() + days * DAY);
  return createToken(OPERATOR, { name, role, license, customers, expires }, SYSTEM, now);
}

async function customerNamed(nameOrId: string): Promise<string> {
  const nobody = `Customer ${nameOrId} doesn't exist.`;
  if (isUuid(nameOrId)) return (await known(customerById(nameOrId), nobody)).id;
  const { items } = await listCustomers(OPERATOR, { query: nameOrId, limit: MOST_ALIKE });
  const found = items.find(({ name }) => foldSubject(name) === foldSubject(nameOrId));
  if (!found) throw new Error(nobody);
  return found.id;
}

/** Rewords the refusal of something that doesn't exist for the command line. */
function known<T>(found: Promise<T>, otherwise: string): Promise<T> {
  return found.catch((error) => {
    throw error instanceof Refusal && error.code === "NOT_FOUND" ? new Error(otherwise) : error;
  });
}

function readDays(text: string): number {
  const days = Number(text);
  if (!Number.isInteger(days) || days < 1 || days > 3650)
    throw new InvalidArgumentError("Give a number of days from 1 to 3650.");
  return days;
}

function collect(value: string, before: string[]): string[] {
  return [...before, value];
}
