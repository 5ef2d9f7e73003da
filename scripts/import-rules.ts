/** Which folder may import which. `npm run rules` writes the linter's settings from these tables. */
import { writeFileSync } from "node:fs";

/** `may`: the folders that a folder may import beside itself; `never`: packages that it may not import. */
type Rule = { may: readonly string[]; never?: readonly string[]; why: string };

const FRAMEWORKS = ["next", "next/**", "react", "react-dom", "react-dom/**", "hono", "hono/**", "@hono/**"];
const STORES = ["pg", "@prisma/**", "better-auth", "better-auth/**"];
const SYSTEM = ["node:fs", "node:fs/**", "node:net", "node:http", "node:https"];

/** The folders at the top level, lowest first. */
const LAYERS: Record<string, Rule> = {
  domain: {
    may: [],
    never: [...FRAMEWORKS, ...STORES, ...SYSTEM],
    why: "Rules know no other layer: pass in what they need.",
  },
  client: { may: [], why: "The client calls the APIs over HTTP and knows no layer." },
  bin: { may: [], why: "How the server starts and builds knows no layer." },
  machine: { may: [], why: "Code about the machine that a program runs on knows no other layer." },
  contract: { may: ["domain"], why: "A contract knows only the domain." },
  prisma: { may: ["domain"], why: "The client of the schema knows only the domain." },
  server: { may: ["domain", "machine", "prisma"], why: "Effects don't know who calls them." },
  api: {
    may: ["domain", "machine", "contract", "server"],
    why: "A route reaches the store through server/ and knows no other adapter.",
  },
  components: {
    may: ["domain"],
    never: ["hono", "hono/**", "@hono/**", "node:*", ...STORES],
    why: "Components draw what they get: they know only types of the domain.",
  },
  app: {
    may: [
      "domain",
      "machine",
      "contract",
      "server",
      "components",
      "api/documentation",
      "api/mount",
      "api/product/simulation",
    ],
    why: "A page reaches the store through server/ and knows no other adapter.",
  },
  agent: {
    may: ["domain", "machine", "bin"],
    why: "The agent is a program of its own: it never knows the server.",
  },
  cli: {
    may: ["domain", "machine", "contract", "server", "api", "agent", "bin"],
    why: "A command reaches the store through server/ and draws nothing.",
  },
};
/** Programs for developers. */
const TOOLS: Record<string, Rule> = {
  scripts: { may: ["domain", "server", "e2e"], why: "Scripts prepare stores and tests." },
  bench: { may: ["domain", "prisma", "server", "scripts"], why: "The benchmark runs other programs." },
  e2e: {
    may: ["domain", "machine", "contract", "api/published/address", "agent", "scripts"],
    why: "The specs use the product from outside.",
  },
  fleet: {
    may: ["domain", "contract", "server", "api", "agent", "scripts"],
    why: "The fleet is run, never imported.",
  },
  "crash-test": {
    may: ["agent", "bin", "server", "scripts", "e2e", "fleet/minutes/result"],
    why: "Crash tests are run, never imported.",
  },
  faults: { may: ["scripts", "e2e"], why: "Fault injection starts other programs." },
  cluster: {
    may: [
      "scripts",
      "e2e",
      "faults",
      "crash-test/acknowledged",
      "crash-test/compare",
      "crash-test/product-work",
      "server/sample/random",
    ],
    why: "The cluster is run, never imported.",
  },
  load: {
    may: ["domain", "agent", "bench", "scripts", "e2e", "faults/deployment", "server"],
    why: "Load is run, never imported.",
  },
};
export const FOLDERS = { ...LAYERS, ...TOOLS };

/** The rooms of the server, lowest first: each may import those before it. */
export const ROOMS = [
  "store",
  "traces",
  "secrets",
  "access",
  "events",
  "audit",
  "restores",
  "backups",
  "mail",
  "identity",
  "keys",
  "checkpoints",
  "licenses",
  "dual-use",
  "checkouts",
  "deployments",
  "consumption",
  "assignments",
  "users",
  "reclaim",
  "scim",
  "legacy",
  "bulk",
  "offline",
  "published",
  "overview",
  "webhooks",
  "alerts",
  "metrics",
  "key-rotation",
  "maintenance",
  "sample",
] as const;

const LINK = {
  "next/link": {
    importNames: ["default"],
    message: "Use the Link of components/: it fetches nothing ahead.",
  },
};
const RELATIVE = { group: ["../**"], message: "Import from other folders by `@/`." };

/** The linter's settings, as in `biome.imports.json`. */
export function importSettings(): { overrides: object[] } {
  const folders = Object.entries(FOLDERS).filter(([name]) => name !== "server");
  const overrides = [
    ...folders.map(([name, rule]) =>
      override([`${name}/**`, "!bench/first/**"], patternsOf(name, rule), linksOf(name)),
    ),
    ...ROOMS.map((room, at) =>
      override(
        [`server/${room}/**`, "!**/*.test.ts"],
        [...patternsOf("server", LAYERS.server as Rule), ...roomPattern(room, ROOMS.slice(at + 1))],
      ),
    ),
    override(["server/testing/**", "server/**/*.test.ts"], [RELATIVE]),
  ];
  return { overrides };
}

function patternsOf(name: string, { may, never = [], why }: Rule) {
  const others = Object.keys(FOLDERS).filter((other) => other !== name && !may.includes(other));
  const inner = may.filter((path) => path.includes("/")).map((path) => `!@/${path}`);
  return [RELATIVE, { group: [...others.map((other) => `@/${other}/**`), ...inner, ...never], message: why }];
}

function roomPattern(room: string, later: readonly string[]) {
  const group = [...later, "testing"].map((other) => `@/server/${other}/**`);
  return [{ group, message: `This room is above ${room}/: move what both need down, or pass it in.` }];
}

function linksOf(name: string) {
  return name === "app" || name === "components" ? LINK : undefined;
}

function override(includes: string[], patterns: object[], paths?: object) {
  const options = paths ? { paths, patterns } : { patterns };
  return { includes, linter: { rules: { style: { noRestrictedImports: { level: "error", options } } } } };
}

if (process.argv[1] === import.meta.filename)
  writeFileSync("biome.imports.json", JSON.stringify(importSettings()));
