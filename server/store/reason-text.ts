/** Error messages from the outermost to the cause, as sentences. */
export function reasonText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause ? `${error.message} ${reasonText(error.cause)}` : error.message;
}
