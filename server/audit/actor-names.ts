import { isUuid } from "@/domain/uuid";
import type { Actor } from "@/server/access/actor";
import { store } from "@/server/store/store";

type Who = Pick<Actor, "kind" | "id">;

/** The display names of people and programs that did something; the id if they no longer exist. */
export async function actorNames(actors: readonly Who[]): Promise<(actor: Who) => string> {
  const { db } = store();
  const idsOf = (kind: Who["kind"]) => [
    ...new Set(actors.filter((actor) => actor.kind === kind).map(({ id }) => id)),
  ];
  const [users, tokens] = await Promise.all([
    db.user.findMany({ where: { id: { in: idsOf("user") } }, select: { id: true, name: true } }),
    db.apiToken.findMany({
      where: { id: { in: idsOf("token").filter(isUuid) } },
      select: { id: true, name: true },
    }),
  ]);
  const names = new Map([...users, ...tokens].map(({ id, name }) => [id, name]));
  return ({ kind, id }) => {
    if (kind === "system") return "Signet";
    return names.get(id) ?? (id === "environment" ? "SIGNET_ADMIN_TOKEN" : id);
  };
}
