import { uuidv7 } from "uuidv7";
import {
  type DeclaredAlias,
  declaredAlias,
  type NamedAlias,
  removedAlias,
} from "@/domain/assignments/alias-changes";
import type { AliasPair } from "@/domain/assignments/aliases";
import type { Patch, PatchContext, Seats } from "@/domain/assignments/assignment";
import { hiddenIn, hiddenText } from "@/domain/look-alikes";
import { refusalSentence } from "@/domain/refusals/all-refusals";
import { nothingHere, Refusal } from "@/domain/refusals/refusal";
import { isUuid } from "@/domain/uuid";
import type { Actor } from "@/server/access/actor";
import { ADMIN_SOURCE, assignPatch, releasePatch } from "@/server/assignments/changes/seat-patches";
import { changeByHand, previewByHand } from "@/server/assignments/log/assignment-changes";
import type { Changer, Query } from "@/server/assignments/log/changer";
import { appendEvents } from "@/server/audit/audit";
import { type DeploymentsWithout, deploymentsWithout } from "@/server/deployments/deployments-without";
import { store } from "@/server/store/store";
import {
  ALLOTMENTS,
  DELETE_ALIAS,
  INSERT_ALIAS,
  MARK_LICENSE,
  READ_ALIAS,
  SEATS_OF,
} from "./alias-statements";
import { moveRejections } from "./moved-rejections";

export type AliasScope = { license: string; actor: Actor; now: Date };

/** A seat that an alias releases: its user holds an earlier one of the same allotment. */
export type ReleasedSeat = { instance: string; subject: string; allotment: string };

/** What an alias changes, and the deployments that wouldn't know it: they tell its user "not assigned". */
export type AliasEffect = { released: ReleasedSeat[]; unaware: DeploymentsWithout };

/** `isNew` is false for an alias that was declared before. */
export type AliasResult = AliasEffect & { id: string; isNew: boolean };

/**
 * Declares two subjects of a license one user. Where both hold a seat of an allotment, the one with the later rank is
 * released. Throws `SAME_SUBJECT`, `ALIAS_CHAIN`, `TOO_MANY_ALIASES` or `INVALID_SUBJECT`.
 */
export async function declareAlias(scope: AliasScope, named: NamedAlias): Promise<AliasResult> {
  const { license, actor, now } = scope;
  const id = uuidv7();
  let declared: DeclaredAlias | undefined;
  const decide = (seats: Seats, how: PatchContext) => {
    declared = provenAlias(named, declaredAlias(seats, named, how));
    return declared;
  };
  let known = id;
  const alongside = async (tx: Query) => {
    if (!declared) return;
    known = await insertAlias(tx, license, id, declared, now);
    if (!declared.isNew) return;
    await moveRejections(tx, license, { from: declared.alias, to: declared.user });
    await appendEvents(tx, license, actor, now, [
      { action: "alias.declared", object: id, details: pairOf(declared) },
    ]);
  };
  await changeByHand(license, [], { ...changerFor(scope, named), alongside }, decide);
  const effect = await effectOf(scope, declared);
  return { ...effect, id: known, isNew: declared?.isNew ?? false };
}

/** What `declareAlias` would do now. Nothing is written. */
export async function previewAlias(scope: AliasScope, named: NamedAlias): Promise<AliasEffect> {
  const declared = await previewByHand(scope.license, changerFor(scope, named), (seats, how) =>
    provenAlias(named, declaredAlias(seats, named, how)),
  );
  return effectOf(scope, declared);
}

/** Removes an alias: it has no seat then. The seats stay with the user, in a new version without it. */
export async function removeAlias(scope: AliasScope, id: string): Promise<void> {
  const { license, actor, now } = scope;
  let pair: AliasPair | undefined;
  let isAlias: (subject: string) => boolean = () => false;
  const patchesIn = async (tx: Query): Promise<Patch[]> => {
    [pair] = isUuid(id) ? await tx.query<AliasPair>(READ_ALIAS, [license, id]) : [];
    if (!pair) throw nothingHere();
    const seats = await tx.query<{ instance: string }>(SEATS_OF, [license, pair.user]);
    return seats.map((seat) => releasePatch(scope, seat));
  };
  const alongside = async (tx: Query) => {
    if (!pair) return;
    await moveRejections(tx, license, { from: pair.user, to: pair.alias, which: isAlias });
    await tx.query(DELETE_ALIAS, [license, id]);
    await tx.query(MARK_LICENSE, [license]);
    await appendEvents(tx, license, actor, now, [
      { action: "alias.removed", object: id, details: pairOf(pair) },
    ]);
  };
  const changer = { source: ADMIN_SOURCE, actor, now, unkept: true, patchesIn, alongside };
  await changeByHand(license, [], changer, (seats, how) => {
    if (!pair) throw nothingHere();
    const { alias } = pair;
    isAlias = (subject) => how.indexOf(subject) === alias; // No subject was looked up, so the index is the spelled one.
    return removedAlias(seats, pair, how);
  });
}

/** The seats of both subjects are loaded in every allotment that the license ever had. */
function changerFor({ license, actor, now }: AliasScope, { subject, alias }: NamedAlias): Changer {
  const patchesIn = async (tx: Query): Promise<Patch[]> => {
    const allotments = await tx.query<{ name: string }>(ALLOTMENTS, [license]);
    return allotments.flatMap(({ name: allotment }) =>
      [subject, alias].map((text) => assignPatch({ license, now }, { allotment, subject: text })),
    );
  };
  return { source: ADMIN_SOURCE, actor, now, unkept: true, patchesIn };
}

function provenAlias(
  { subject, alias }: NamedAlias,
  declared: ReturnType<typeof declaredAlias>,
): DeclaredAlias {
  if (typeof declared !== "string") return declared;
  const hidden = declared === "INVALID_SUBJECT" ? (hiddenIn(alias) ?? hiddenIn(subject)) : null;
  throw new Refusal(declared, hidden ? hiddenText(hidden) : refusalSentence(declared));
}

/** The id of the alias: an earlier one if it was declared before. */
async function insertAlias(
  tx: Query,
  license: string,
  id: string,
  { user, alias }: AliasPair,
  now: Date,
): Promise<string> {
  const [row] = await tx.query<{ id: string }>(INSERT_ALIAS, [license, id, user, alias, now]);
  await tx.query(MARK_LICENSE, [license]);
  return row?.id ?? id;
}

async function effectOf(
  { license, now }: AliasScope,
  declared: DeclaredAlias | undefined,
): Promise<AliasEffect> {
  const rows = await store().db.allotment.findMany({ where: { licenseNumber: license } });
  const names = new Map(rows.map(({ key, name }) => [key, name]));
  const released = (declared?.changes ?? []).flatMap(({ kind, row, subject = "" }) =>
    kind === "delete"
      ? [{ instance: row.instance, subject, allotment: names.get(row.allotment) ?? row.allotment }]
      : [],
  );
  return { released, unaware: await deploymentsWithout(license, "aliases", now) };
}

/** The audit has the indexes only. */
function pairOf({ user, alias }: AliasPair): { index: string; alias: string } {
  return { index: user, alias };
}
