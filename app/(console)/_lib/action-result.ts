/**
 * A refused action: the code, a sentence that says what to do, the id of the request, and the field at fault as a JSON
 * Pointer. `faults` lists every problem when a whole document was checked.
 */
export type ActionRefusal = {
  code: string;
  sentence: string;
  requestId?: string;
  pointer?: string;
  faults?: FieldMessage[];
};

export type FieldMessage = { pointer: string; sentence: string };

export type ActionResult<T = undefined> = { ok: true; did: T } | { ok: false; refused: ActionRefusal };

/** The action of a form with `useResult`. Its first arguments are bound in a server component. */
export type FormAction<T> = (before: ActionResult<T> | null, form: FormData) => Promise<ActionResult<T>>;

const CONFLICTS = ["VERSION_MISMATCH", "CHANGED_MEANWHILE"];

/** Whether an action was refused because somebody else changed the same thing meanwhile. */
export function isConflict(result: ActionResult<unknown> | null): boolean {
  return result?.ok === false && CONFLICTS.includes(result.refused.code);
}
