import type { Patch } from "@/domain/assignments/assignment";
import type { Base } from "@/domain/assignments/sync";
import { readElement } from "@/domain/consumption/report";
import { dayOf, type Month } from "@/domain/month";
import type { ParsedKey } from "@/domain/signed-key";
import { syncAssignments } from "@/server/assignments/log/assignments";
import { recordConsumption } from "@/server/consumption/consumption";
import { recordDenials } from "@/server/consumption/denials/denial-intake";
import { recordSessions } from "@/server/consumption/sessions/session-intake";
import { activate } from "@/server/deployments/activations";
import type { Caller } from "@/server/deployments/admission";
import type { SampleDeployment } from "./deployments";
import type { SampleSession } from "./sessions";

/** A change of a user at a deployment. */
export type UserChange = {
  kind: "add" | "release" | "use";
  allotment: string;
  subject: string;
  auto?: boolean;
};

/** A deployment under one of its licenses: it keeps its base, its sequences and its users like a real one. */
export type Deployment = ReturnType<typeof deploymentOf>;

export function deploymentOf(site: SampleDeployment, key: ParsedKey) {
  const { source, product, os, address, clockSkew } = site;
  const sequences = new Map<string, number>();
  const instances = new Map<string, string>();
  let [version] = site.versions;
  let base: Base = null;
  const caller = (): Caller & { source: string } => ({
    key,
    source,
    product,
    version,
    os,
    address,
    clockSkew,
  });

  const patchFor = ({ kind, allotment, subject, auto }: UserChange, at: Date): Patch => {
    const instance = kind === "add" ? "" : (instances.get(`${allotment} ${subject}`) ?? "");
    const patch = {
      instance,
      version: 0,
      license: key.license,
      allotment,
      subject,
      created: at.toISOString(),
    };
    if (kind === "release") return { ...patch, deleted: at.toISOString() };
    return kind === "use" ? { ...patch, lastUsed: dayOf(at) } : { ...patch, auto };
  };

  return {
    site,
    key,
    license: key.license,
    activate: (at: Date) => activate(caller(), "Initial", at),
    /** Comes back with a newer Licenses service. */
    upgrade(at: Date) {
      version = site.versions[1];
      return activate(caller(), "Update", at);
    },
    async sync(changes: UserChange[], at: Date): Promise<void> {
      const patches = changes.map((change) => patchFor(change, at));
      const reply = await syncAssignments({ caller: caller(), base, after: null, patches, now: at });
      base = reply.bases[0] ?? base;
      changes.forEach(({ kind, allotment, subject }, index) => {
        const result = reply.patches[index];
        if (kind === "add" && result?.rejection === "")
          instances.set(`${allotment} ${subject}`, result.instance);
      });
    },
    async report(
      allotment: string,
      month: Month,
      consumption: number,
      at: Date,
      sessions?: SampleSession[],
    ): Promise<void> {
      const lane = `${allotment} ${month}`;
      const sequence = (sequences.get(lane) ?? 0) + 1;
      sequences.set(lane, sequence);
      const sent = { id: 1, allotment, month, consumption, sequence, sessions };
      const report = { caller: caller(), elements: [readElement(sent, at)], now: at };
      await recordSessions(report, [sent], await recordConsumption(report));
    },
    async deny(denials: Record<string, unknown>[], at: Date): Promise<void> {
      await recordDenials({ caller: caller(), elements: [], now: at }, denials);
    },
  };
}
