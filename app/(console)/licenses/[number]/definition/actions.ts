"use server";

import { z } from "zod";
import { actOnLicense, parsed } from "@/app/(console)/_lib/act";
import type { ActionResult } from "@/app/(console)/_lib/action-result";
import { revalidateLicense } from "@/app/(console)/_lib/form-fields";
import { Definition as DefinitionForm } from "@/contract/definition-schemas";
import type { Definition } from "@/domain/licenses/definition";
import { seesSubjects } from "@/domain/roles";
import { correctDefinition } from "@/server/licenses/definition-corrections";
import { definitionVersions } from "@/server/licenses/definition-versions";
import { putDefinition } from "@/server/licenses/license-definitions";
import { licenseByNumber } from "@/server/licenses/licenses";
import { type DefinitionPreview, previewDefinition } from "@/server/overview/definition-preview";

/** A definition and the version that a change to it is based on. */
export type Based = { definition: Definition; version: string };

/** A document as the server read it, and what it would change compared with the version that the writer knows. */
export type Preview = DefinitionPreview & { definition: Definition };

/** The definition in force, who saved it and when. */
export type InForce = Based & { by: string | null; since: Date };

const version = z.string().max(100);

export async function preview(
  number: string,
  document: unknown,
  base: string,
): Promise<ActionResult<Preview>> {
  return actOnLicense(number, "licenses.write", async ({ who, now }) => {
    const definition = parsed(DefinitionForm, document);
    const names = seesSubjects(who.role);
    const told = await previewDefinition(number, definition, parsed(version, base), { names, now });
    return { ...told, definition };
  });
}

/**
 * Puts a definition in force, optionally as a correction of the one before; refused unless the version in force is the
 * one the writer knows.
 */
export async function save(
  number: string,
  document: unknown,
  base: string,
  isCorrection: boolean,
): Promise<ActionResult<Based>> {
  const saved = await actOnLicense(number, "licenses.write", async ({ actor, now }) => {
    const definition = parsed(DefinitionForm, document);
    const put = parsed(z.boolean(), isCorrection) ? correctDefinition : putDefinition;
    const effect = await put(number, definition, parsed(version, base), false, actor, now);
    return { definition, version: effect.version };
  });
  if (saved.ok) revalidateLicense(saved, number);
  return saved;
}

/** The definition in force, read after somebody else saved one meanwhile. */
export async function inForce(number: string): Promise<ActionResult<InForce>> {
  return actOnLicense(number, "licenses.read", async ({ now }) => {
    const { definition, version: current } = await licenseByNumber(number, now);
    const [latest] = await definitionVersions(number, 1);
    return { definition, version: current, by: latest?.by ?? null, since: latest?.from ?? now };
  });
}
