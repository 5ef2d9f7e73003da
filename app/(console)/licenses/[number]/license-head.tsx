import { dateStyle } from "@/app/(console)/_lib/date-style";
import { licenseLabel } from "@/components/text/license-labels";
import { CopyIcon } from "@/components/ui/copy-icon";
import { Seal } from "@/components/ui/seal";
import { StateBadge } from "@/components/ui/state-badge";
import { formatLicenseNumber } from "@/domain/licenses/license-number";
import { licenseMark } from "@/domain/licenses/license-state";
import type { LicenseHealth } from "@/domain/licenses/license-summary";
import { rightOf, whyNot } from "@/domain/roles";
import type { Principal } from "@/server/access/gate";
import type { License } from "@/server/licenses/license";
import { HeadFrame } from "./head-frame";
import { HeadStates } from "./head-states";
import { LicenseActions } from "./license-actions";
import styles from "./license-head.module.css";
import { whyNotRenewed } from "./why-not-renewed";

type Props = { license: License; glance: LicenseHealth; who: Principal; now: Date };

/** The header of every page of a license, in one line where it fits: seal, name, number and what needs attention. */
export async function LicenseHead({ license, glance, who, now }: Props) {
  const { number, customer, product, status, standing, trial } = license;
  const { words, state } = licenseLabel(license, await dateStyle());
  const seal = licenseMark(status, standing, trial);
  const change = whyNot(who, "licenses.write");
  const name = `${customer.name}, ${product}`;
  return (
    <HeadFrame number={number}>
      <Seal number={number} status={seal} size={32} />
      <h1 title={name}>{name}</h1>
      <div className={styles.facts}>
        <span className={styles.number}>
          {formatLicenseNumber(number)}
          <CopyIcon text={number} shifted={formatLicenseNumber(number)} label="Copy number" />
        </span>
        {state ? <StateBadge state={state}>{words}</StateBadge> : <span>{words}</span>}
        <HeadStates license={license} glance={glance} now={now} />
      </div>
      <LicenseActions
        number={number}
        status={status}
        isSimulated={rightOf(who.role, "licenses.simulate") === "yes"}
        raised={glance.pools[0]?.name ?? null}
        whyNot={{ renew: whyNotRenewed(license, change), change }}
        seal={<Seal number={number} status={seal} size={72} />}
      />
    </HeadFrame>
  );
}
