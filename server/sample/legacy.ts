import { createControl } from "@/server/legacy/control-numbers";
import { retrieveLef } from "@/server/legacy/lef-retrieval";
import { AUTHOR, type Story } from "./story";

const RETRIEVED = [300, 120, 30, 6];

/** A legacy deployment, which gets its LEF by serial and control number. */
export function legacy({ timeline, plans, days }: Story): void {
  const { number: serial } = plans.renewal.license;
  const deployment = { serial, address: "203.0.113.7", userAgent: "QVS/11.20 (windows)" };
  let control = "";
  timeline.on(days, async (at) => {
    control = await createControl(serial, AUTHOR, at);
  });
  for (const day of RETRIEVED) timeline.on(day, (now) => retrieveLef({ ...deployment, control, now }));
}
