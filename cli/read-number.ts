import { InvalidArgumentError } from "commander";
import { parseLicenseNumber } from "@/domain/licenses/license-number";

/** A license number that an option gives. */
export function readNumber(text: string): string {
  const number = parseLicenseNumber(text);
  if (!number) throw new InvalidArgumentError("A license number must have 16 digits.");
  return number;
}
