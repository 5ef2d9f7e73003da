import { throughRestores } from "@/server/restores/restores";
import { store } from "@/server/store/store";
import { ADMISSION_COLUMNS, ADMISSION_JOINS, type Admission, admit, type Caller } from "./admission";

const ADMIT = {
  name: "key_admit",
  text: `SELECT c.license, ${ADMISSION_COLUMNS}
    FROM (SELECT $1::uuid AS jti, $2::text AS license, $3::uuid AS kid, NULL::text AS source, NULL::text AS product) c
    ${ADMISSION_JOINS}`,
};

/** Lets a key in, whatever product or deployment it is used by, or refuses with the reason. */
export async function admitKey({ jti, license, kid }: Caller["key"], now: Date): Promise<void> {
  await throughRestores(now, async () => {
    const [row] = await store().sql.query<Admission>(ADMIT, [jti, license, kid]);
    admit(row, now);
  });
}
