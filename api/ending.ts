import { perProcess } from "@/server/store/per-process";

const ending = () => perProcess("ending", () => ({ hasBegun: false }));

/** From now on `/ready` fails, so that load balancers send no new requests. */
export function beginEnding(): void {
  ending().hasBegun = true;
}

/** Whether this process was told to end. */
export function isEnding(): boolean {
  return ending().hasBegun;
}
