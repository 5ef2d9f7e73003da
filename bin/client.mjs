import { readFileSync } from "node:fs";
import { join } from "node:path";
import { folderOf, ROOT, toolOf, whereWritable } from "./installation.mjs";
import { run } from "./tool.mjs";

/** Generates the client of the store unless it exists for this schema and this version of its library. */
export async function ensureClient() {
  if (!isCurrent()) await whereWritable(() => run("prisma", toolOf("prisma"), "generate"));
}

/** The client contains the schema that it was made from, with different white space. */
function isCurrent() {
  const made = textOf(join(ROOT, "prisma/client/internal/class.ts"));
  const schema = /"inlineSchema": ("(?:[^"\\]|\\.)*")/.exec(made)?.[1];
  if (!schema || !made.includes(`"clientVersion": "${versionOfLibrary()}"`)) return false;
  return bare(JSON.parse(schema)) === bare(textOf(join(ROOT, "prisma/schema.prisma")));
}

function versionOfLibrary() {
  return JSON.parse(textOf(join(folderOf("@prisma/client"), "package.json"))).version;
}

const bare = (text) => text.replace(/\s+/g, "");

function textOf(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
