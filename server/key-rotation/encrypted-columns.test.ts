import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { store } from "@/server/store/store";
import { useStore } from "@/server/testing/test-store";
import { ENCRYPTED } from "./encrypted-columns";

useStore();

/** Bytes that aren't encrypted with a data key. */
const PLAIN = /(_index|_head|hash|\bkey|fingerprint|linked|\.mac|\.header|data_key\.wrapped)$/;

test("every column of bytes is encrypted again by a rotation, or is an index, a hash or a wrapped key", async () => {
  const columns = await store().db.$queryRaw<{ name: string }[]>`
    SELECT table_name || '.' || column_name AS name FROM information_schema.columns c
    JOIN pg_class t ON t.relname = c.table_name AND NOT t.relispartition
    WHERE table_schema = 'public' AND data_type = 'bytea' AND table_name NOT LIKE '\\_%' ORDER BY name`;
  const encrypted = columns.map(({ name }) => name).filter((name) => !PLAIN.test(name));
  expect(encrypted).toEqual(ENCRYPTED.map(({ table, column }) => `${table}.${column}`).sort());
});

/** They encrypt with keys derived from the secret, or what they encrypt is in the columns of another file. */
const OTHERS = [
  "assignments/aliases/moved-rejections.ts",
  "assignments/log/assignment-saving.ts",
  "assignments/undo/encrypted-text.ts",
  "assignments/undo/undo-token.ts",
  "key-rotation/encrypted-rows.ts",
  "secrets/page-tokens.ts",
  "testing/test-encrypted.ts",
];

test("every file that encrypts lends its context to the columns, or is known not to write one of its own", () => {
  const columns = readFileSync("server/key-rotation/encrypted-columns.ts", "utf8");
  const files = readdirSync("server", { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".ts"),
  );
  const encrypting = files.filter((name) =>
    /import \{[^}]*\bencrypt\b[^}]*\} from "(@\/server\/secrets|\.)\/encryption"/.test(
      readFileSync(`server/${name}`, "utf8"),
    ),
  );
  const unknown = encrypting.filter((name) => !columns.includes(`"@/server/${name.replace(/\.ts$/, "")}"`));
  expect(unknown.filter((name) => !name.endsWith(".test.ts")).sort()).toEqual(OTHERS);
});
