import { keyTextIn } from "@/domain/pasted-key";
import { AgentRefusal } from "./agent-refusal";
import type { Clock } from "./clock";
import { failedTask, firstPlan, type Random } from "./schedule";
import type { Service } from "./service";

type With = {
  service: Pick<Service, "enterKey" | "state">;
  clock: Clock;
  random: Random;
  log: (line: string) => void;
};

/**
 * Enters the key that an agent was started with, and retries while the backend is away. A key that is in force
 * already is left alone, and so is the license in force if this key is refused. Returns a function that cancels it.
 */
export function enterAtStart(pasted: string, { service, clock, random, log }: With): () => void {
  let plan = firstPlan(clock.ticks(), random);
  let isOpen = true;

  const attempt = async (): Promise<void> => {
    const { license, asking } = service.state();
    const text = keyTextIn(pasted);
    if (!isOpen || license?.key === text || asking?.key === text) return;
    try {
      await service.enterKey(pasted);
    } catch (error) {
      log(`The key that the agent was started with: ${error instanceof Error ? error.message : error}`);
      if (isOpen && error instanceof AgentRefusal && error.status === 503) again();
    }
  };

  const again = () => {
    plan = failedTask(plan, undefined, clock.ticks(), random);
    callOff = clock.after(plan.notBefore - clock.ticks(), attempt);
  };

  let callOff = clock.after(0, attempt);
  return () => {
    isOpen = false;
    callOff();
  };
}
