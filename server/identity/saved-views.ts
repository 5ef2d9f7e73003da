import { uuidv7 } from "uuidv7";
import { Refusal } from "@/domain/refusals/refusal";
import { viewSearch } from "@/domain/view-search";
import { store } from "@/server/store/store";

/** The lists that have saved views. */
export const LISTS = ["licenses", "assignments", "deployments", "audit"] as const;
export type List = (typeof LISTS)[number];

/** A saved list; `search` is the part of the address after the question mark. */
export type SavedView = { id: string; name: string; search: string };

const MOST = 30;
const SHOWN = { id: true, name: true, search: true } as const;

/** The views that a person has saved of a list, by name. */
export function savedViews(userId: string, list: List): Promise<SavedView[]> {
  return store().db.savedView.findMany({
    where: { userId, list },
    orderBy: { name: "asc" },
    select: SHOWN,
  });
}

/** Saves the filters and order of a list; a view of the same name is replaced. Refuses an address without filters. */
export async function saveView(
  userId: string,
  list: List,
  { name, search }: Omit<SavedView, "id">,
  now: Date,
): Promise<SavedView> {
  const kept = viewSearch(search);
  if (!kept)
    throw refused("A view saves filters, an order or columns, but not the search. Choose some first.");
  return store().db.$transaction(async (tx) => {
    const others = await tx.savedView.count({ where: { userId, list, NOT: { name } } });
    if (others >= MOST) throw refused(`You already have ${MOST} views of this list. Remove one first.`);
    return tx.savedView.upsert({
      where: { userId_list_name: { userId, list, name } },
      create: { id: uuidv7(), userId, list, name, search: kept, createdAt: now },
      update: { search: kept },
      select: SHOWN,
    });
  });
}

/** Renames a view; refuses a name that another view of the same list has. */
export async function renameView(userId: string, id: string, name: string): Promise<SavedView> {
  return store().db.$transaction(async (tx) => {
    const view = await tx.savedView.findFirst({ where: { id, userId } });
    if (!view) throw refused("This view was removed in the meantime.");
    const { list } = view;
    if (await tx.savedView.findFirst({ where: { userId, list, name, NOT: { id } } }))
      throw refused(`You already have a view “${name}” of this list.`);
    return tx.savedView.update({ where: { id }, data: { name }, select: SHOWN });
  });
}

/** Removes a view; one that no longer exists is ignored. */
export async function removeView(userId: string, id: string): Promise<void> {
  await store().db.savedView.deleteMany({ where: { id, userId } });
}

function refused(title: string): Refusal {
  return new Refusal("INVALID_BODY", title, { faults: [{ code: "INVALID_VIEW", title, pointer: "/name" }] });
}
