// A process of its own that opens the store named by its environment, reports that, and keeps it open until it is
// told to end.

import { prepareInstallation } from "@/server/maintenance/installation";
import { parseEnv } from "@/server/store/env";
import { closeStore, openStore } from "@/server/store/store";

try {
  await openStore(parseEnv(process.env));
  await prepareInstallation(new Date());
  console.log("open");
} catch (error) {
  console.log(error instanceof Error ? error.message : error);
  process.exit(1);
}
process.on("SIGTERM", async () => {
  await closeStore();
  process.exit(0);
});
setInterval(() => {}, 60_000);
