import type { MatchExtended, ZxcvbnFactory } from "@zxcvbn-ts/core";
import { hashPassword } from "better-auth/crypto";
import { Refusal } from "@/domain/refusals/refusal";
import { perProcess } from "@/server/store/per-process";

/** The owner of the password, whose data it must not contain. */
export type PasswordOwner = { name: string; email: string };

/** On the scale of 0 to 4: an attacker who has the hash needs at least 10 billion guesses. */
const ENOUGH = 4;

/** The hash of a new password. Throws `WEAK_PASSWORD` at `field` if it is easy to guess. */
export async function hashNewPassword(
  chosen: string,
  owner: PasswordOwner,
  field = "password",
): Promise<string> {
  const weakness = await weaknessOf(chosen, owner);
  if (weakness) throw weak(weakness, field);
  return hashPassword(chosen);
}

/** Why a password is easy to guess, as the end of a sentence; null if it isn't. */
export async function weaknessOf(chosen: string, owner: PasswordOwner): Promise<string | null> {
  const { score, sequence } = (await estimator()).check(chosen, guessesFrom(owner));
  if (score >= ENOUGH) return null;
  const longest = sequence.toSorted((a, b) => lengthOf(b) - lengthOf(a))[0];
  return longest ? reasonOf(longest) : "it is too simple";
}

/** Loaded when the first password is chosen: its list of common passwords takes memory that most processes never need. */
function estimator(): Promise<ZxcvbnFactory> {
  return perProcess("password-estimator", async () => {
    const [{ ZxcvbnFactory }, { dictionary, adjacencyGraphs }] = await Promise.all([
      import("@zxcvbn-ts/core"),
      import("@zxcvbn-ts/language-common"),
    ]);
    return new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
  });
}

function guessesFrom({ name, email }: PasswordOwner): string[] {
  return ["signet", name, email, ...`${name} ${email}`.split(/[^\p{L}\p{N}]+/u)].filter(Boolean);
}

function lengthOf({ i, j }: MatchExtended): number {
  return j - i;
}

function reasonOf(match: MatchExtended): string {
  if (match.pattern === "repeat") return "it repeats the same characters";
  if (match.pattern === "sequence") return "it has a sequence such as 1234 or abcd";
  if (match.pattern === "spatial") return "it follows a row of the keyboard";
  if (match.pattern === "date" || match.pattern === "regex") return "it has a date or a year";
  if (!("dictionaryName" in match)) return "it is too simple";
  return match.dictionaryName === "userInputs"
    ? "it has your name, your e-mail address or the name of this product"
    : "it has a password that many people use";
}

function weak(reason: string, field: string): Refusal {
  const title = `This password is easy to guess: ${reason}. Use three or four unrelated words.`;
  const fault = { code: "WEAK_PASSWORD", title, pointer: `/${field}` };
  return new Refusal("WEAK_PASSWORD", title, { faults: [fault] });
}
