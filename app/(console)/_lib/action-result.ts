/**
 * What was refused: its code, a sentence that says what to do, the id of the request, and the field that is meant, as a
 * JSON Pointer; `faults` are all of them where a whole document was looked at.
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
