/** The name of a key: its label, or the start of its id. */
export function keyName({ jti, label }: { jti: string; label: string }): string {
  return label || jti.slice(0, 8);
}
