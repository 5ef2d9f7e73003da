import { dateStyle } from "@/app/(console)/_lib/date-style";
import { counted } from "@/components/text/numbers";
import { Seal } from "@/components/ui/seal";
import { type DateStyle, dayText } from "@/domain/dates/date-style";
import { leaseEnd } from "@/domain/licenses/lease";
import { licenseMark } from "@/domain/licenses/license-state";
import { whyNot } from "@/domain/roles";
import type { Principal } from "@/server/access/gate";
import type { LicenseKey } from "@/server/keys/license-keys";
import type { License } from "@/server/licenses/license";
import { KeyActions } from "./key-actions";
import { keyName } from "./key-name";

/** The actions of a key, with their effects and why they may be unavailable. */
export async function KeyRowActions({
  of: key,
  license,
  who,
}: {
  of: LicenseKey;
  license: License;
  who: Principal;
}) {
  const dates = await dateStyle();
  const stopped = whyStopped(key, dates);
  return (
    <KeyActions
      jti={key.jti}
      name={keyName(key)}
      number={license.number}
      seal={<LicenseSeal of={license} />}
      effects={effectsOf(key, license, dates)}
      whyNotReveal={stopped ?? whyNot(who, "keys.reveal")}
      whyNotRevoke={stopped ?? whyNot(who, "keys.revoke")}
    />
  );
}

function LicenseSeal({ of: { number, status, standing, trial } }: { of: License }) {
  return <Seal number={number} status={licenseMark(status, standing, trial)} size={72} />;
}

/** Why a key no longer works; null while it does. */
function whyStopped({ revoked, withdrawn }: LicenseKey, dates: DateStyle): string | null {
  if (revoked) return `This key was revoked on ${dayText(revoked, dates)}.`;
  return withdrawn ? "Its signing key was withdrawn, so the key is no longer valid." : null;
}

/** The effects of a revocation on the deployments that use the key. */
function effectsOf(
  { deployments, lastUsed }: LicenseKey,
  { settings, definition }: License,
  dates: DateStyle,
): string[] {
  if (!lastUsed) return ["Unused. After revoking it can never be used."];
  const stop = `${counted(deployments, "deployment")} ${deployments === 1 ? "stops" : "stop"}`;
  const until = dayText(leaseEnd(definition.valid, lastUsed, settings), dates);
  return [
    `${stop} at the next contact, within 24 hours for those that reach this server.`,
    `Offline deployments keep working with their signed definition until ${until} at most.`,
  ];
}
