import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";
import { bundle } from "@/bin/bundle.mjs";
import type { TestCaller } from "./test-callers";
import { NOW } from "./test-licenses";
import { storeSettings } from "./test-store";

const RACER = await bundle("server/testing/test-racer.ts");

/** A process of its own on the store of `useStore`, until the test ends: it adds users as the callers once it is told to. */
export function startReplica(callers: TestCaller[]) {
  const child = spawn(process.execPath, [RACER], {
    env: { ...process.env, ...storeSettings(), RACE: JSON.stringify({ callers, now: NOW }) },
    stdio: ["pipe", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  return { child, lines: createInterface(child.stdout)[Symbol.asyncIterator]() };
}
