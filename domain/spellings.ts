import { foldSubject } from "@/domain/subject";

/**
 * By what one person is recognised under two names: without case, `ACME/Bob` is `acme\bob`, and `bob@acme.example` is
 * `acme\bob` too. It is a guess to look at, never a reason to join seats.
 */
function personKey(subject: string): string {
  const folded = foldSubject(subject).replaceAll("/", "\\");
  const address = /^([^@\\\s]+)@([^@.\\\s]+)(\.[^@\\\s]+)?$/.exec(folded);
  return address ? `${address[2]}\\${address[1]}` : folded;
}

/** Those whose person stands under another spelling too. */
export function twiceSpelled<Seat extends { subject: string }>(seats: Iterable<Seat>): Set<Seat> {
  const people = new Map<string, Seat[]>();
  for (const seat of seats) {
    const key = personKey(seat.subject);
    const known = people.get(key);
    if (known) known.push(seat);
    else people.set(key, [seat]);
  }
  const several = [...people.values()].filter((one) =>
    one.some(({ subject }) => subject !== one[0]?.subject),
  );
  return new Set(several.flat());
}
