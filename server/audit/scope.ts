import { rightOf } from "@/domain/roles";
import { licenseScope, type Principal } from "@/server/access/gate";
import { INSTALLATION } from "@/server/secrets/data-keys";
import { store } from "@/server/store/store";

/** The chains that a principal may read, by name: that of the installation and those of licenses. */
export async function chainsInSight(principal: Principal): Promise<string[]> {
  const licenses = await store().db.license.findMany({
    where: licenseScope(principal),
    select: { number: true },
    orderBy: { number: "asc" },
  });
  const own = readsInstallation(principal) ? [INSTALLATION] : [];
  return [...own, ...licenses.map(({ number }) => number)];
}

/** The number of these chains. */
export async function countChainsInSight(principal: Principal): Promise<number> {
  const licenses = await store().db.license.count({ where: licenseScope(principal) });
  return licenses + Number(readsInstallation(principal));
}

/** The chains that a principal may read, as a condition. */
export async function chainScope(
  principal: Principal,
): Promise<{ chain: { in: string[] } | { notIn: string[] } }> {
  if (!isConfined(principal)) {
    const hidden = await copiesAlive();
    return { chain: { notIn: readsInstallation(principal) ? hidden : [...hidden, INSTALLATION] } };
  }
  return { chain: { in: await chainsInSight(principal) } };
}

function isConfined({ customers, license }: Principal): boolean {
  return customers !== null || license !== null;
}

function readsInstallation(principal: Principal): boolean {
  return !isConfined(principal) && rightOf(principal.role, "installation-audit.read") === "yes";
}

/** Temporary copies, whose chains are removed with them. */
async function copiesAlive(): Promise<string[]> {
  const copies = await store().db.license.findMany({
    where: { copyEnds: { not: null } },
    select: { number: true },
  });
  return copies.map(({ number }) => number);
}
