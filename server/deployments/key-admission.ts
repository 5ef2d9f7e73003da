import { throughRestores } from "@/server/restores/restores";
import { store } from "@/server/store/store";
import { type AdmissionStatus, admit, type Caller } from "./admission";
import { callValues, readingStatement } from "./call-statement";

const ADMIT = readingStatement("key_admit");
const NOBODY = { source: null, product: null, version: null, os: null, address: null, clockSkew: null };

/** Admits a key, whatever product or deployment uses it, or throws the refusal. */
export async function admitKey(key: Caller["key"], now: Date): Promise<void> {
  await throughRestores(now, async () => {
    const [row] = await store().sql.query<AdmissionStatus>(ADMIT, callValues({ key, ...NOBODY }, now));
    admit(row);
  });
}
