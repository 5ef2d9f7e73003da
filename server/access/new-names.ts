import { hiddenIn, hiddenInWords } from "@/domain/look-alikes";
import { type Fault, Refusal } from "@/domain/refusals/refusal";

/** Refuses a new name that would look like another one; names that are there already stay. */
export function refuseHidden(name: string, pointer: string): void {
  const faults = hiddenFaults(name, pointer);
  const [fault] = faults;
  if (fault) throw new Refusal("INVALID_BODY", fault.title, { faults });
}

export function hiddenFaults(name: string, pointer: string): Fault[] {
  const hidden = hiddenIn(name);
  return hidden ? [{ code: "INVALID_VALUE", title: hiddenInWords(hidden), pointer }] : [];
}
