"use server";

import { z } from "zod";
import { type Acting, actOnLicense, parsed } from "@/app/(console)/_lib/act";
import type { ActionResult } from "@/app/(console)/_lib/action-result";
import { fieldsOf, text } from "@/app/(console)/_lib/form-fields";
import {
  type AliasEffect,
  declareAlias,
  previewAlias,
  removeAlias,
} from "@/server/assignments/aliases/alias-changes";
import { assignConverting } from "@/server/assignments/changes/assign-converting";
import { type AssignPreview, previewAssign } from "@/server/assignments/changes/assign-preview";
import {
  type AutoAssignEffect,
  simulateAutoAssign,
} from "@/server/assignments/changes/auto-assign-simulation";
import { assignSeats, convertSeats, onlyOne, releaseSeats } from "@/server/assignments/changes/seat-changes";
import { linkSeat } from "@/server/assignments/changes/seat-linking";
import type { SeatsChanged } from "@/server/assignments/changes/seat-results";
import { type SecondSeat, secondSeats } from "@/server/assignments/changes/second-seats";
import { type BulkEffect, bulkEffect, selectSeats } from "@/server/assignments/lists/seat-selection";

const subjects = z.array(z.string().max(1000)).min(1).max(1000);
const allotment = text(200);
const filter = z.object({
  query: text(1000).optional(),
  allotment: text(200).optional(),
  state: z.enum(["active", "excess"]).optional(),
  source: text(200).optional(),
  idle: z.int().optional(),
  spellings: z.boolean().optional(),
  orphans: z.boolean().optional(),
});
const selection = z.union([
  z.object({
    instances: z
      .array(z.string().regex(/^\d{1,19}$/, "No seat was selected. Select one, then try again."))
      .min(1)
      .max(5000),
  }),
  z.object({ filter }),
]);
const assignment = z.object({ subjects, allotment, converts: z.boolean().default(false) });
const draft = z.object({ subjects: z.array(z.string().max(1000)).max(1000), allotment });
const linking = z.object({
  instance: z.string().regex(/^\d{1,19}$/, "No seat was selected. Select one, then try again."),
  subject: text(1000).trim(),
});
const aliasing = z.object({ subject: text(1000), alias: text(1000) });
const aliasId = z.uuid("No alias was selected. Reload the page, then try again.");
const switches = z.object({ professional: z.boolean(), analyzer: z.boolean() });
export type SelectionSent = z.input<typeof selection>;

/** The result of assigning seats: `second` lists users who have another seat too, `converted` counts those who gave it up. */
export type SeatsAssigned = Pick<SeatsChanged, "left" | "undo"> & {
  done: { subject: string }[];
  second: SecondSeat[];
  converted: number;
};

/** Assigns seats to subjects. Users with a seat of another allotment are converted, or get a second seat. */
export async function assign(number: string, sent: unknown): Promise<ActionResult<SeatsAssigned>> {
  return write(number, async (acting) => {
    const { subjects: named, allotment: into, converts } = parsed(assignment, sent);
    const scope = scopeOf(number, acting);
    if (converts) return { ...onlyOne(await assignConverting(scope, named, into)), second: [] };
    const held = await secondSeats(number, named, into, acting.now);
    const changed = onlyOne(await assignSeats(scope, named, into));
    const done = new Set(changed.done.map(({ subject }) => subject));
    return { ...changed, second: held.filter(({ subject }) => done.has(subject)), converted: 0 };
  });
}

export async function release(number: string, sent: SelectionSent): Promise<ActionResult<SeatsChanged>> {
  return write(number, async (acting) => {
    const instances = await selected(number, sent, acting.now);
    return onlyOne(await releaseSeats(scopeOf(number, acting), instances));
  });
}

export async function convert(
  number: string,
  sent: SelectionSent,
  into: string,
): Promise<ActionResult<SeatsChanged>> {
  return write(number, async (acting) => {
    const instances = await selected(number, sent, acting.now);
    return onlyOne(await convertSeats(scopeOf(number, acting), instances, parsed(allotment, into)));
  });
}

/** Links a hashed seat to a user, permanently. */
export async function link(number: string, sent: z.input<typeof linking>): Promise<ActionResult<undefined>> {
  return write(number, async ({ actor, now }) => {
    await linkSeat(number, parsed(linking, sent), actor, now);
    return undefined;
  });
}

/** What declaring two users one would release, and which deployments wouldn't know it. */
export async function foreseeAlias(number: string, sent: unknown): Promise<ActionResult<AliasEffect>> {
  return write(number, (acting) => previewAlias(scopeOf(number, acting), parsed(aliasing, sent)));
}

export async function declareSameUser(
  number: string,
  sent: unknown,
): Promise<ActionResult<Pick<AliasEffect, "released">>> {
  return write(number, async (acting) => {
    const { released } = await declareAlias(scopeOf(number, acting), parsed(aliasing, sent));
    return { released };
  });
}

export async function forgetAlias(number: string, id: unknown): Promise<ActionResult<undefined>> {
  return write(number, async (acting) => {
    await removeAlias(scopeOf(number, acting), parsed(aliasId, id));
    return undefined;
  });
}

/** Counts what a bulk change would do; without `into` it is a release. */
export async function foresee(
  number: string,
  sent: SelectionSent,
  into: string | null,
): Promise<ActionResult<BulkEffect>> {
  return write(number, ({ now }) =>
    bulkEffect(number, parsed(selection, sent), parsed(allotment.nullable(), into), now),
  );
}

/** What assigning these users would do, and which seats are free. */
export async function fits(number: string, sent: unknown): Promise<ActionResult<AssignPreview>> {
  return write(number, ({ now }) => {
    const asked = parsed(draft, sent);
    return previewAssign(number, asked.subjects, asked.allotment, now);
  });
}

/** What auto-assign would have done with recent sign-ins. */
export async function foreseeAutoAssign(
  number: string,
  sent: unknown,
): Promise<ActionResult<AutoAssignEffect>> {
  return actOnLicense(number, "assignments.read", ({ now }) =>
    simulateAutoAssign(number, parsed(switches, sent), now),
  );
}

/** The form without JavaScript: one user per line. */
export async function assignByForm(
  _before: ActionResult<SeatsAssigned> | null,
  form: FormData,
): Promise<ActionResult<SeatsAssigned>> {
  const { number, subjects: lines = "", allotment: into = "" } = fieldsOf(form);
  return assign(String(number), { subjects: linesOf(String(lines)), allotment: into });
}

export async function releaseByForm(
  _before: ActionResult<SeatsChanged> | null,
  form: FormData,
): Promise<ActionResult<SeatsChanged>> {
  const { number, instance } = fieldsOf(form);
  return release(String(number), { instances: [String(instance)] });
}

function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  return lines.length === 0 ? [""] : lines;
}

function write<T>(number: string, work: (acting: Acting) => Promise<T>): Promise<ActionResult<T>> {
  return actOnLicense(number, "assignments.write", work);
}

function scopeOf(number: string, { actor, now }: Acting) {
  return { license: number, actor, now };
}

async function selected(number: string, sent: SelectionSent, now: Date): Promise<string[]> {
  const chosen = parsed(selection, sent);
  if ("instances" in chosen) return chosen.instances;
  return (await selectSeats(number, chosen, now)).map(({ instance }) => instance);
}
