import type { DualUseState } from "@/domain/dual-use";
import { SYSTEM } from "@/server/access/actor";
import {
  acceptDualUse,
  listDualUseRequests,
  rejectDualUse,
  withdrawDualUse,
} from "@/server/dual-use/dual-use-requests";
import type { Random } from "@/server/sample/random";
import type { Scene } from "./scene";

/** An admin decides on the deployment that asks to join with another product, or decides otherwise than before. */
export async function decideOnGuest(scene: Scene): Promise<void> {
  const [request] = await requests(scene);
  if (request) await decide(scene, request, decisionOn(request.state, scene.random));
}

/** At last everybody is accepted. */
export async function acceptGuests(scene: Scene): Promise<void> {
  for (const request of await requests(scene)) await decide(scene, request, "accepted");
}

type Asked = { id: string; source: string; state: DualUseState };
type Decision = Exclude<DualUseState, "waiting">;

/** What the store has must be what the model has. */
async function requests({ license, model, differences, timeline }: Scene): Promise<Asked[]> {
  const { items } = await listDualUseRequests(license, { limit: 100 });
  for (const { source, state } of items)
    if (model.guests.get(source) !== state)
      differences.push(`${timeline.now()} ${source} is ${state}, not ${model.guests.get(source)}`);
  return items;
}

function decisionOn(state: DualUseState, random: Random): Decision {
  if (state === "accepted") return "withdrawn";
  return state === "waiting" && random.chance(0.3) ? "rejected" : "accepted";
}

async function decide(
  { license, model, server, timeline }: Scene,
  { id, source }: Asked,
  decision: Decision,
) {
  const now = new Date(timeline.now());
  const change = {
    accepted: () => acceptDualUse(license, id, SYSTEM, now),
    rejected: () => rejectDualUse(license, id, "Not on this license.", SYSTEM, now),
    withdrawn: () => withdrawDualUse(license, id, SYSTEM, now),
  };
  if (await server.change(change[decision])) model.guests.set(source, decision);
}
