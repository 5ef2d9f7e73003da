import { licenseLabel, NO_END, timeLeft, validityText } from "@/components/text/license-labels";
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

type Props = { license: License; glance: LicenseHealth; who: Principal; now: Date };

/** The header of every page of a license: seal, name and status. On phones only the overview shows all of it. */
export function LicenseHead({ license, glance, who, now }: Props) {
  const { number, customer, product, status, standing, trial, valid, version } = license;
  const { words, state } = licenseLabel(license);
  const seal = licenseMark(status, standing, trial);
  const left = timeLeft(license, now);
  return (
    <HeadFrame number={number}>
      <Seal number={number} status={seal} size={48} />
      <div className={styles.words}>
        <h1>
          {customer.name}, {product}
        </h1>
        <ul className={styles.facts}>
          <li>{formatLicenseNumber(number)}</li>
          <li>{state ? <StateBadge state={state}>{words}</StateBadge> : words}</li>
          <li>
            {validityText(valid) === NO_END ? NO_END : `valid ${validityText(valid)}`}
            {left ? `, ${left}` : null}
          </li>
          <li>
            definition <code>{version}</code>
          </li>
        </ul>
        <HeadStates license={license} glance={glance} now={now} />
      </div>
      <LicenseActions
        number={number}
        status={status}
        isSimulated={rightOf(who.role, "licenses.simulate") === "yes"}
        whyNot={{ issue: whyNot(who, "keys.issue"), stop: whyNot(who, "licenses.write") }}
        seal={<Seal number={number} status={seal} size={72} />}
      />
    </HeadFrame>
  );
}
