// Runs before each file of tests, which share a process: settings that one stubs end with it.
import { afterAll, vi } from "vitest";

afterAll(() => void vi.unstubAllEnvs());
