import { BROKEN_INSTALLATION } from "./test-broken-installation";
import { BROKEN_LICENSES } from "./test-broken-licenses";
import { BROKEN_MINUTES } from "./test-broken-minutes";
import type { Broken } from "./test-broken-rule";
import { BROKEN_SEATS } from "./test-broken-seats";

/** At least one for every rule. Each runs in a transaction that is rolled back. */
export const BROKEN: readonly Broken[] = [
  ...BROKEN_MINUTES,
  ...BROKEN_LICENSES,
  ...BROKEN_SEATS,
  ...BROKEN_INSTALLATION,
];
