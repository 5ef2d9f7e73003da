import type { Scenario } from "./scenario";
import { storeStopped } from "./store-stopped";

export const SCENARIOS: Scenario[] = [storeStopped];
