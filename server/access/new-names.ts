import { hiddenIn, hiddenText } from "@/domain/look-alikes";
import { type FieldError, Refusal } from "@/domain/refusals/refusal";

/** Refuses a new name that would look like another one; existing names stay. */
export function refuseHidden(name: string, pointer: string): void {
  const faults = hiddenErrors(name, pointer);
  const [fault] = faults;
  if (fault) throw new Refusal("INVALID_BODY", fault.title, { faults });
}

export function hiddenErrors(name: string, pointer: string): FieldError[] {
  const hidden = hiddenIn(name);
  return hidden ? [{ code: "INVALID_VALUE", title: hiddenText(hidden), pointer }] : [];
}
