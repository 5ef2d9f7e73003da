import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** Programs by the names of their packages in Debian. */
export const PACKAGES = {
  pgbouncer: "pgbouncer",
  haproxy: "haproxy",
  pg_basebackup: "postgresql",
  pg_ctl: "postgresql",
  gcore: "gdb",
  etcd: "etcd-server",
  patroni: "patroni",
} as const;
export type Tool = keyof typeof PACKAGES;

const POSTGRESQL = "/usr/lib/postgresql";

/** The path of a program on this machine, or null. */
export function findTool(tool: Tool): string | null {
  const folders = [
    ...(process.env.PATH ?? "").split(":"),
    "/usr/sbin",
    "/usr/local/sbin",
    ...postgresFolders(),
  ];
  const paths = folders.map((folder) => join(folder, tool));
  return paths.find((path) => existsSync(path)) ?? null;
}

/** The path of a program that the scenario has declared as needed. */
export function toolPath(tool: Tool): string {
  const path = findTool(tool);
  if (!path) throw new Error(`${tool} is not installed.`);
  return path;
}

function postgresFolders(): string[] {
  if (!existsSync(POSTGRESQL)) return [];
  const versions = readdirSync(POSTGRESQL).sort((a, b) => Number(b) - Number(a));
  return versions.map((version) => join(POSTGRESQL, version, "bin"));
}
