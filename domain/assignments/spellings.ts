import { lookAlikeKey } from "@/domain/look-alikes";

/**
 * The key under which two spellings are likely one user: without case and invisible characters, `ACME/Bob` is
 * `acme\bob`, and so is `bob@acme.example`. It is a guess to look at, never a reason to merge seats.
 */
export function personKey(folded: string): string {
  const name = lookAlikeKey(folded).replaceAll("/", "\\");
  if (!name.includes("@")) return name;
  const address = /^([^@\\\s]+)@([^@.\\\s]+)(\.[^@\\\s]+)?$/.exec(name);
  return address ? `${address[2]}\\${address[1]}` : name;
}

/**
 * The seats whose user has another spelling too, each with all seats of that user; `folded` is the subject as
 * `foldSubject` returns it.
 */
export function twiceSpelled<Seat extends { subject: string; folded: string }>(
  seats: Iterable<Seat>,
): Map<Seat, readonly Seat[]> {
  const first = new Map<string, Seat>();
  const several = new Map<string, Seat[]>();
  for (const seat of seats) {
    const key = personKey(seat.folded);
    const before = first.get(key);
    if (!before) first.set(key, seat);
    else several.set(key, [...(several.get(key) ?? [before]), seat]);
  }
  const spelledTwice = [...several.values()].filter((one) =>
    one.some(({ subject }) => subject !== one[0]?.subject),
  );
  return new Map(spelledTwice.flatMap((person) => person.map((seat) => [seat, person] as const)));
}
