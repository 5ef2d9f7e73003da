import { FEATURES } from "@/domain/licenses/features";
import { nothingHere } from "@/domain/refusals/refusal";
import { store } from "@/server/store/store";
import { LICENSE_COLUMNS } from "./admission";
import { type DefinedLicense, type DefinitionReply, licenseTerms, unsignedReply } from "./definition-reply";

const PREVIEW = {
  name: "license_preview",
  text: `SELECT l.number AS license, ${LICENSE_COLUMNS}, r.epoch
    FROM license l JOIN roster r ON r.license = l.number WHERE l.number = $1`,
};

/**
 * The response that an activation would give a product now, if its client knows every feature; without the signed
 * definition: products rely on that document, so only deployments get it.
 */
export async function previewReply(
  license: string,
  product: string,
  now: Date,
): Promise<Omit<DefinitionReply, "sld">> {
  const [row] = await store().sql.query<Omit<DefinedLicense, "active_kid">>(PREVIEW, [license]);
  if (!row) throw nothingHere();
  return unsignedReply(row, await licenseTerms(row, product, FEATURES, now), now);
}
