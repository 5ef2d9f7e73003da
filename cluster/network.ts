import { randomInt } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const FOLDER = join(dirname(import.meta.dirname), "ops/patroni");
const PUBLISHED = "10.0.0.";

/** The network of the files in ops/patroni, as loopback addresses of this run: all ports are those of the files. */
export type Network = {
  /** The address of a machine by its last number. */
  address(machine: number): string;
  /**
   * A published file for this run: of the first of three machines or of another one, and with further texts replaced.
   * Each must occur in it.
   */
  rendered(file: string, texts?: Record<string, string>, machine?: number): string;
};

export function newNetwork(): Network {
  const prefix = `127.${randomInt(1, 255)}.${randomInt(1, 255)}.`;
  return {
    address: (machine) => `${prefix}${machine}`,
    rendered(file, texts = {}, machine = 1) {
      const published = forMachine(readFileSync(join(FOLDER, file), "utf8"), machine);
      const replaced = Object.entries(texts).reduce((text, [from, to]) => {
        if (!text.includes(from)) throw new Error(`ops/patroni/${file} doesn't contain ${from}.`);
        return text.replaceAll(from, to);
      }, published);
      return replaced.replaceAll(PUBLISHED, prefix);
    },
  };
}

/** The names and addresses of two machines change places, so that lists of all three stay complete. */
function forMachine(text: string, machine: number): string {
  const exchanged: Record<string, string> = { 1: String(machine), [machine]: "1" };
  return text.replace(/(\bdb|\.2)([123])\b/g, (_, before: string, number: string) => {
    return before + (exchanged[number] ?? number);
  });
}
