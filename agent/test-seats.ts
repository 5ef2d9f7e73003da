import type { Assignment, Patch } from "@/domain/assignments/assignment";
import { applyPatches, patchKeys } from "@/domain/assignments/assignments";
import { foldSubject } from "@/domain/assignments/subject";
import {
  answeredBase,
  type Base,
  decodeCursor,
  encodeCursor,
  page,
  syncPlan,
} from "@/domain/assignments/sync";
import { type Definition, nameKey, unitsInForce } from "@/domain/licenses/definition";

type License = {
  definition: Definition;
  settings: { autoAssignProfessional: boolean; autoAssignAnalyzer: boolean };
};

/** A license's assignments in memory, served page by page like the real backend. */
export class TestSeats {
  pageSize = 5000;
  epoch = "1";
  rows: Assignment[] = [];
  private version = 0;
  private instances = 4_000_000;

  answer(of: License, license: string, body: Record<string, unknown>, now: Date) {
    const patches = Array.isArray(body.patches) ? (body.patches as Patch[]) : [];
    const how = {
      source: String(body.source),
      now,
      indexOf: foldSubject,
      newInstance: () => String(++this.instances),
    };
    const { answers, changes, version } = applyPatches(this.taken(of, license, patches, now), patches, how);
    for (const { row } of changes)
      this.rows = [...this.rows.filter(({ instance }) => instance !== row.instance), row];
    this.version = version;
    const own = answers.map(({ patch, row, rejection }) =>
      row
        ? wire(row, license)
        : { ...patch, ...(rejection === "" && { deleted: now.toISOString() }), rejection },
    );
    return this.reply(
      license,
      baseIn(body),
      body.after,
      own,
      new Set(answers.flatMap(({ row }) => row?.instance ?? [])),
    );
  }

  /** A change that another site made in the meantime. */
  addElsewhere(of: License, license: string, allotment: string, subject: string, now: Date): void {
    const patch = { instance: "", version: 0, license, allotment, subject, created: now.toISOString() };
    this.answer(of, license, { source: "elsewhere", patches: [patch] }, now);
  }

  live(): Assignment[] {
    return this.rows.filter(({ deleted }) => !deleted);
  }

  private taken({ definition, settings }: License, license: string, patches: Patch[], now: Date) {
    const { lookups, instances } = patchKeys(patches, foldSubject);
    const touched = this.rows.filter(
      (row) =>
        instances.includes(row.instance) ||
        lookups.some((seat) => seat.allotment === row.allotment && seat.index === row.index),
    );
    const allotments = new Map(
      definition.allotments.map((allotment) => {
        const key = nameKey(allotment.name);
        const live = this.live().filter(({ allotment }) => allotment === key).length;
        return [
          key,
          { name: allotment.name, class: allotment.usage.class, units: unitsInForce(allotment, now), live },
        ];
      }),
    );
    const switches = { professional: settings.autoAssignProfessional, analyzer: settings.autoAssignAnalyzer };
    const autoAssign = new Set(Object.entries(switches).flatMap(([name, isOn]) => (isOn ? [name] : [])));
    return { license, version: this.version, accepts: true, autoAssign, pools: allotments, touched };
  }

  private reply(license: string, base: Base, after: unknown, own: object[], answered: Set<string>) {
    const assignments = { version: this.version, horizon: 0, epoch: this.epoch };
    const plan = syncPlan(assignments, base, decodeCursor(after));
    const inPlan = ({ version, deleted }: Assignment) =>
      version > plan.from && version <= plan.to && (plan.mode === "delta" || !deleted);
    const above = this.rows.filter(inPlan).toSorted((a, b) => a.version - b.version);
    const { rows, more } = page(plan, above.slice(0, this.pageSize + 1), this.pageSize);
    const others = rows.filter(({ instance }) => !answered.has(instance));
    return {
      bases: [{ license, ...answeredBase(assignments, base, plan, more) }],
      patches: [...own, ...others.map((row) => wire(row, license))],
      ...(plan.mode === "snapshot" && { snapshot: true }),
      ...(more && { more: encodeCursor(more) }),
    };
  }
}

function wire({ instance, version, allotment, subject, created, deleted }: Assignment, license: string) {
  const row = { instance, version, license, allotment, subject, created: created.toISOString() };
  return { ...row, ...(deleted && { deleted: deleted.toISOString() }), rejection: "" };
}

function baseIn({ bases }: Record<string, unknown>): Base {
  const [base] = Array.isArray(bases) ? (bases as { version: number; epoch?: string }[]) : [];
  return base ?? null;
}
