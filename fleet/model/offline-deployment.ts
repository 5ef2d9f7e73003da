import { decodeJwt } from "jose";
import { type OfflineOptions, openOfflineAgent } from "@/agent/offline-agent";
import { LOG_KINDS } from "@/domain/offline/offline-log";
import { type Ground, type Machine, makeMachine } from "@/fleet/machine";
import type { Issued } from "./license";
import type { Sent } from "./server";

/** What people bring: the vendor's keys, and the reply to a log. */
type Brought = Pick<OfflineOptions["offline"], "jwks" | "reply">;

/** A deployment without a network, whose logs people carry to the server, and the replies back. */
export type OfflineDeployment = {
  machine: Machine;
  /** Copies its logs, as the requests that upload them. */
  copyLogs(): Sent[];
  /** Starts it again with what was brought. */
  bring(brought: Brought): Promise<void>;
};

export const OFFLINE_SOURCE = "mill-1";
const PEOPLE = ["mill-1\\user-1", "mill-1\\user-2", "acme\\ada"];

/** It begins with a signed definition. */
export function openOfflineDeployment(
  ground: Ground,
  seed: number,
  { key, sld, jwks }: Issued,
): OfflineDeployment {
  let brought: Brought = { jwks };
  const named = { name: OFFLINE_SOURCE, source: OFFLINE_SOURCE, people: PEOPLE, seed };
  const machine = makeMachine(ground, {
    ...named,
    open: (options) => openOfflineAgent({ ...options, offline: { sld, ...brought } }),
  });
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/jsonl" };
  return {
    machine,
    copyLogs: () =>
      LOG_KINDS.map((kind) => {
        const lines = [...(machine.life?.agent.offline?.log(kind) ?? [])];
        const body = lines.map((line) => `${line}\n`).join("");
        return { method: "POST", path: `/v1/${kind}/log`, headers, body };
      }),
    async bring(texts) {
      brought = texts;
      await machine.stop();
      await machine.start();
    },
  };
}

/** The salt of a signed definition, by which users are hashed. */
export function saltIn(sld: string): string {
  const { signedDef } = JSON.parse(Buffer.from(sld, "base64").toString());
  return String(decodeJwt(signedDef.jws).salt);
}
