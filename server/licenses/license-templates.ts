import { uuidv7 } from "uuidv7";
import { foldSubject } from "@/domain/assignments/subject";
import type { Definition } from "@/domain/licenses/definition";
import {
  isBuiltIn,
  type LicenseTemplate,
  type NamedTemplate,
  templateOf,
} from "@/domain/licenses/license-template";
import { Refusal } from "@/domain/refusals/refusal";
import type { Prisma, LicenseTemplate as Row } from "@/prisma/client/client";
import type { Actor } from "@/server/access/actor";
import { recordEvents } from "@/server/audit/audit";
import { INSTALLATION } from "@/server/secrets/data-keys";
import { decodeCursor, type Page, pageOf, type Slice } from "@/server/store/cursor";
import { lockInstallation } from "@/server/store/locks";
import { store, type Tx } from "@/server/store/store";
import { refuseErrors, refuseHiddenNames } from "./license-definitions";

const MOST = 50;

/** The templates that people have saved, by name. */
export async function listTemplates({ limit, cursor }: Slice): Promise<Page<NamedTemplate>> {
  const filter = ["license-templates"];
  const rows = await store().db.licenseTemplate.findMany({
    where: { nameKey: { gt: decodeCursor(cursor, filter)?.key ?? undefined } },
    orderBy: { nameKey: "asc" },
    take: limit + 1,
  });
  const page = pageOf(rows, limit, filter, ({ id, nameKey }) => ({ key: nameKey, id }));
  return { items: page.items.map(templateIn), cursor: page.cursor };
}

/** All of them: there are a few. */
export async function licenseTemplates(): Promise<NamedTemplate[]> {
  return (await listTemplates({ limit: MOST })).items;
}

type Wanted = { name: string; definition: Definition; products: readonly string[] };

/** Saves the entitlements of a license as a template; one of the same name is replaced. */
export async function saveTemplate(
  { name, definition, products }: Wanted,
  actor: Actor,
  now: Date,
): Promise<NamedTemplate> {
  if (isBuiltIn(name))
    throw refusedName("BUILT_IN_TEMPLATE", `“${name}” is a built-in template. Choose another name.`);
  refuseErrors(definition);
  refuseHiddenNames(definition, []);
  const template = templateOf(definition, [...products], now);
  // A template is JSON: Prisma's type doesn't accept its optional members.
  const content = template as object as Prisma.InputJsonObject;
  return store().db.$transaction(async (tx) => {
    await lockInstallation(tx);
    const nameKey = foldSubject(name);
    const others = await tx.licenseTemplate.count({ where: { NOT: { nameKey } } });
    if (others >= MOST)
      throw refusedName("TOO_MANY_TEMPLATES", `There are already ${MOST} templates. Remove one first.`);
    const { id } = await tx.licenseTemplate.upsert({
      where: { nameKey },
      create: { id: uuidv7(), name, nameKey, content, savedAt: now },
      update: { name, content, savedAt: now },
    });
    await record(tx, "installation.template-saved", { id, name }, actor, now);
    return { id, name, template };
  });
}

/** Removes a template; false if it no longer exists. */
export async function removeTemplate(id: string, actor: Actor, now: Date): Promise<boolean> {
  return store().db.$transaction(async (tx) => {
    await lockInstallation(tx);
    const template = await tx.licenseTemplate.findUnique({ where: { id } });
    if (!template) return false;
    await tx.licenseTemplate.delete({ where: { id } });
    await record(tx, "installation.template-removed", template, actor, now);
    return true;
  });
}

function templateIn({ id, name, content }: Row): NamedTemplate {
  return { id, name, template: content as LicenseTemplate }; // as `saveTemplate` writes it
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

function refusedName(code: string, title: string): Refusal {
  return new Refusal("INVALID_BODY", title, { faults: [{ code, title, pointer: "/name" }] });
}
