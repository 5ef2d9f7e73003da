import { chmodSync, cpSync, existsSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { newFolder } from "./test-agent";
import { isSameLife, machineWitness, witnessFile } from "./witness";

const RUN = "3f0e3d1c-6a57-4f0e-9d2f-6d8a4c0b7e11";
const hasMemory = existsSync("/dev/shm");

/** The witness of a folder; its file is removed with the test. */
function witnessOf(folder: string) {
  const file = witnessFile(folder);
  onTestFinished(() => rmSync(file ?? "", { force: true }));
  return machineWitness(folder);
}

test.runIf(hasMemory)("what was written is read by the next process, whatever its length", () => {
  const folder = newFolder();
  const witness = witnessOf(folder);
  expect(witness?.read()).toBeNull();
  witness?.write({ run: RUN, changes: 1_000_000 });
  witness?.write({ run: RUN, changes: 7 });
  expect(machineWitness(folder)?.read()).toEqual({ run: RUN, changes: 7 });
});

test.runIf(hasMemory)("a copy of a folder, and one that took its place, have no witness", () => {
  const folder = newFolder();
  witnessOf(folder)?.write({ run: RUN, changes: 7 });
  const copy = join(newFolder(), "copy");
  cpSync(folder, copy, { recursive: true });
  expect(witnessOf(copy)?.read()).toBeNull();
  renameSync(folder, `${folder}-old`);
  onTestFinished(() => rmSync(`${folder}-old`, { recursive: true }));
  renameSync(copy, folder);
  expect(witnessOf(folder)?.read()).toBeNull();
});

test.runIf(hasMemory)("a file that others could have written is no witness", () => {
  const folder = newFolder();
  witnessOf(folder)?.write({ run: RUN, changes: 7 });
  const file = witnessFile(folder) ?? "";
  chmodSync(file, 0o666);
  expect(machineWitness(folder)).toBeNull();
  rmSync(file);
  symlinkSync(join(folder, "elsewhere"), file);
  expect(machineWitness(folder)).toBeNull();
});

test.each([
  ["as it was written", { run: RUN, changes: 7 }, true],
  ["not yet written, since the process died", { run: RUN, changes: 6 }, true],
  ["of a later state: a backup was restored", { run: RUN, changes: 8 }, false],
  ["of another run", { run: "other", changes: 7 }, false],
  ["missing, after a reboot or in a copy", null, false],
])("a witness that is %s", (_, seen, isSame) => {
  expect(isSameLife({ run: RUN, changes: 7 }, seen)).toBe(isSame);
});

test("a store without a run has no life yet", () => {
  expect(isSameLife({ run: "", changes: 0 }, { run: "", changes: 0 })).toBe(false);
});
