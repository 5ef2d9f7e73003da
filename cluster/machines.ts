import { chownSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Stage } from "@/faults/scenario";
import { accountToRunAs, makeHome } from "@/scripts/postgres";
import type { Network } from "./network";

/** One of the three machines of the database: its address, and a folder in place of its disk. */
export type Machine = {
  network: Network;
  /** 1 to 3. */
  number: number;
  name: string;
  address: string;
  home: string;
  account: ReturnType<typeof accountToRunAs>;
};

export function threeMachines({ atEnd }: Stage, network: Network): Machine[] {
  const account = accountToRunAs();
  const all = makeHome(account);
  atEnd(() => rmSync(all, { recursive: true, force: true }));
  return [1, 2, 3].map((number) => {
    const name = `db${number}`;
    const home = join(all, name);
    mkdirSync(home);
    if (account.uid !== undefined && account.gid !== undefined) chownSync(home, account.uid, account.gid);
    return { network, number, name, address: network.address(20 + number), home, account };
  });
}
