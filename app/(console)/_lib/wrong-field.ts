import type { ActionRefusal, ActionResult } from "./action-result";

/** The error to show beside one field of a form. */
export function wrongField(answer: ActionResult<unknown> | null, field: string): string | undefined {
  const place = answer && !answer.ok ? fieldMessagesOf(answer).find((each) => isAt(each, field)) : undefined;
  return place && asSentence(place.sentence);
}

/** The refusal, if it belongs to none of these fields. */
export function wrongElsewhere(
  answer: ActionResult<unknown> | null,
  fields: readonly string[],
): ActionRefusal | null {
  if (!answer || answer.ok) return null;
  return fields.some((field) => wrongField(answer, field)) ? null : answer.refused;
}

function fieldMessagesOf({ refused: { faults = [] } }: Extract<ActionResult<unknown>, { ok: false }>) {
  return faults;
}

function isAt({ pointer }: { pointer: string }, field: string): boolean {
  return pointer === `/${field}` || pointer.startsWith(`/${field}/`);
}

function asSentence(text: string): string {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}
