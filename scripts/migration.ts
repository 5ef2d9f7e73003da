// Writes the next migration: npm run migration -- <name>. Constraints that the schema can't express are added by
// hand.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import { missingMigration } from "@/server/store/migrations";

const name = process.argv[2];
if (!name) throw new Error("Give the migration a name.");
const lite = await PGlite.create();
const sql = await missingMigration(lite, readFileSync("prisma/schema.prisma", "utf8"));
const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
const folder = `prisma/migrations/${stamp}_${name}`;
if (sql.includes("empty migration")) {
  console.log("The migrations match the schema.");
} else {
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/migration.sql`, sql);
  console.log(folder);
}
await lite.close();
