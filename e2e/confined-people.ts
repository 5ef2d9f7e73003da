import { randomUUID } from "node:crypto";
import { hashPassword } from "better-auth/crypto";
import { SYSTEM } from "@/server/audit";
import { createCustomer } from "@/server/customers";
import { parseEnv } from "@/server/env";
import { prepareInstallation } from "@/server/installation";
import { insertPerson } from "@/server/person-rows";
import { closeStore, openStore, store } from "@/server/store";

/** Run with a password and the settings of a store: makes an owner, two customers and a license admin of each. */
async function prepare(secret: string) {
  const now = new Date();
  await openStore(parseEnv(process.env));
  await prepareInstallation(now);
  const password = await hashPassword(secret);
  const owner = { id: randomUUID(), name: "Olivia Owner", email: "olivia@signet.example" };
  await store().db.$transaction((tx) =>
    insertPerson(tx, { ...owner, role: "owner", customers: [], password }, now),
  );
  const made = [];
  for (const name of ["Acme", "Beta"]) {
    const { id } = await createCustomer(`${name} ${randomUUID()}`, SYSTEM, now);
    const email = `${name.toLowerCase()}@signet.example`;
    const person = { id: randomUUID(), name: `Lena of ${name}`, email, role: "license-admin" as const };
    await store().db.$transaction((tx) => insertPerson(tx, { ...person, customers: [id], password }, now));
    made.push({ id, email });
  }
  await closeStore();
  return made;
}

const [, , secret = ""] = process.argv;
process.stdout.write(JSON.stringify(await prepare(secret)));
