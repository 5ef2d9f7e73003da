import type { Patch } from "@/domain/assignments/assignment";
import { type Base, decodeCursor } from "@/domain/assignments/sync";
import { type SyncReply, syncAssignments } from "@/server/assignments/log/assignments";
import { licenseWithKey, type TestCaller } from "./test-callers";
import { NOW, seats } from "./test-licenses";

type Sent = { base?: Base; after?: string; now?: Date };

export const sync = (
  caller: TestCaller,
  patches: Patch[] = [],
  { base = null, after, now = NOW }: Sent = {},
) => syncAssignments({ caller, base, after: decodeCursor(after), patches, now });

/** An add of a subject, unless `more` says otherwise. */
export const patchFor = (license: string, subject: string, more: Partial<Patch> = {}): Patch => ({
  instance: "",
  version: 0,
  license,
  allotment: "analyzer",
  subject,
  created: NOW.toISOString(),
  ...more,
});

export const deletion = ({ instance, subject, license }: SyncReply["patches"][number]) =>
  patchFor(license, subject, { instance, deleted: NOW.toISOString() });

export const baseOf = ({ bases: [base] }: SyncReply): Base => base ?? null;

/** A license, its only deployment so far, and a function with which that one adds subjects. */
export async function deploymentOf(allotments = [seats("analyzer", 3)]) {
  const license = await licenseWithKey({ allotments });
  const caller = license.call();
  const add = async (...subjects: string[]) => {
    const patches = subjects.map((subject) => patchFor(license.number, subject));
    return (await sync(caller, patches)).patches.slice(0, subjects.length);
  };
  return { ...license, caller, add };
}
