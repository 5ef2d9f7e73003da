import { perProcess } from "@/server/store/per-process";

const ending = () => perProcess("ending", () => ({ hasBegun: false }));

/** From now on `/ready` says no: balancers send nothing new. */
export function beginEnding(): void {
  ending().hasBegun = true;
}

/** Whether this process was told to end. */
export function isEnding(): boolean {
  return ending().hasBegun;
}
