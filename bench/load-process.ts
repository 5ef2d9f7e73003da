import { fork } from "node:child_process";
import { once } from "node:events";
import { atEnd } from "./cleanup";
import type { Acknowledged, Measured, Message, Order, Target } from "./load";

export type Load = {
  open(target: Target): Promise<void>;
  run(order: Order): Promise<Measured>;
  acknowledged(target: string): Promise<Acknowledged>;
};

/** Starts the load generator in another process, so that the two don't slow each other down. */
export function startLoad(): Load {
  const child = fork("bench/load.ts", { execArgv: ["--import", "tsx"] });
  atEnd(async () => child.disconnect());
  const ended = once(child, "exit");
  const ask = async (message: Message) => {
    const stop = new AbortController();
    const answered = once(child, "message", { signal: stop.signal });
    child.send(message);
    const [reply] = await Promise.race([answered, ended]).finally(() => stop.abort());
    if (typeof reply !== "object" || reply === null) throw new Error("The load generator ended.");
    if ("error" in reply) throw new Error(reply.error);
    return reply.answer;
  };
  return {
    open: async (target) => ask({ open: target }),
    run: async (order) => ask({ run: order }),
    acknowledged: async (target) => ask({ tell: target }),
  };
}
