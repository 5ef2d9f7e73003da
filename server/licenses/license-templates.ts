import { uuidv7 } from "uuidv7";
import { foldSubject } from "@/domain/assignments/subject";
import type { Definition } from "@/domain/licenses/definition";
import { type LicenseTemplate, type NamedTemplate, templateOf } from "@/domain/licenses/license-template";
import { Refusal } from "@/domain/refusals/refusal";
import type { Prisma } from "@/prisma/client/client";
import type { Actor } from "@/server/access/actor";
import { recordEvents } from "@/server/audit/audit";
import { INSTALLATION } from "@/server/secrets/data-keys";
import { lockInstallation } from "@/server/store/locks";
import { store, type Tx } from "@/server/store/store";
import { refuseErrors, refuseHiddenNames } from "./license-definitions";

const MOST = 50;

/** The templates that people have saved, by name. */
export async function licenseTemplates(): Promise<NamedTemplate[]> {
  const rows = await store().db.licenseTemplate.findMany({ orderBy: { nameKey: "asc" } });
  return rows.map(({ id, name, content }) => ({ id, name, template: content as LicenseTemplate })); // as `saveTemplate` writes it
}

type Wanted = { name: string; definition: Definition; products: readonly string[] };

/** Saves the entitlements of a license as a template and returns its id; one of the same name is replaced. */
export async function saveTemplate(
  { name, definition, products }: Wanted,
  actor: Actor,
  now: Date,
): Promise<string> {
  refuseErrors(definition);
  refuseHiddenNames(definition, []);
  // A template is JSON: Prisma's type doesn't accept its optional members.
  const content = templateOf(definition, [...products], now) as object as Prisma.InputJsonObject;
  return store().db.$transaction(async (tx) => {
    await lockInstallation(tx);
    const nameKey = foldSubject(name);
    const others = await tx.licenseTemplate.count({ where: { NOT: { nameKey } } });
    if (others >= MOST) throw tooMany();
    const { id } = await tx.licenseTemplate.upsert({
      where: { nameKey },
      create: { id: uuidv7(), name, nameKey, content, savedAt: now },
      update: { name, content, savedAt: now },
    });
    await record(tx, "installation.template-saved", { id, name }, actor, now);
    return id;
  });
}

/** Removes a template; one that no longer exists is ignored. */
export async function removeTemplate(id: string, actor: Actor, now: Date): Promise<void> {
  await store().db.$transaction(async (tx) => {
    await lockInstallation(tx);
    const template = await tx.licenseTemplate.findUnique({ where: { id } });
    if (!template) return;
    await tx.licenseTemplate.delete({ where: { id } });
    await record(tx, "installation.template-removed", template, actor, now);
  });
}

type Action = "installation.template-saved" | "installation.template-removed";

function record(
  tx: Tx,
  action: Action,
  { id, name }: { id: string; name: string },
  actor: Actor,
  now: Date,
): Promise<unknown> {
  return recordEvents(tx, INSTALLATION, actor, now, [{ action, object: id, details: { name } }]);
}

function tooMany(): Refusal {
  const title = `There are already ${MOST} templates. Remove one first.`;
  return new Refusal("INVALID_BODY", title, {
    faults: [{ code: "TOO_MANY_TEMPLATES", title, pointer: "/name" }],
  });
}
