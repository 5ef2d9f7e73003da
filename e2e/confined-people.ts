import { randomUUID } from "node:crypto";
import { hashPassword } from "better-auth/crypto";
import { SYSTEM } from "@/server/audit";
import { createCustomer } from "@/server/customers";
import { parseEnv } from "@/server/env";
import { prepareInstallation } from "@/server/installation";
import { insertPerson } from "@/server/person-rows";
import { closeStore, openStore, store } from "@/server/store";

/** Run with a folder and a password: makes a store in it with two customers and a license admin of each. */
async function prepare(folder: string, secret: string) {
  const now = new Date();
  await openStore(parseEnv({ DATA_DIR: folder }));
  await prepareInstallation(now);
  const password = await hashPassword(secret);
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

const [, , folder = "", secret = ""] = process.argv;
process.stdout.write(JSON.stringify(await prepare(folder, secret)));
