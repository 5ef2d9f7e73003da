import { deploymentSearch } from "@/app/(console)/licenses/[number]/deployments/search-params";
import { Definitions } from "@/app/(console)/licenses/[number]/figure";
import { counted } from "@/components/text/numbers";
import { When } from "@/components/text/when";
import { CopyButton } from "@/components/ui/copy-button";
import { SidePanel } from "@/components/ui/side-panel";
import { TextLink } from "@/components/ui/text-link";
import type { Principal } from "@/server/access/gate";
import { actorNames } from "@/server/audit/actor-names";
import { type LicenseKey, revokerOf } from "@/server/keys/license-keys";
import type { License } from "@/server/licenses/license";
import { KeyClaims } from "./key-claims";
import { keyName } from "./key-name";
import styles from "./key-panel.module.css";
import { KeyRowActions } from "./key-row-actions";
import { KeyStatus } from "./key-status";

type Props = {
  license: License;
  /** The jti in the URL. */
  open: string;
  of: LicenseKey | undefined;
  back: string;
  who: Principal;
  now: Date;
};

/** One key: its claims, who issued and revoked it, and its deployments. */
export function KeyPanel({ license, open, of: key, back, who, now }: Props) {
  return (
    <SidePanel
      key={open}
      title={key ? `Key ${keyName(key)}` : "Key not found"}
      back={back}
      opener={`key-${open}`}
    >
      {key ? (
        <div className={styles.panel}>
          <KeyStatus of={key} />
          <Id title="ID" name="jti" text={key.jti} />
          <Id title="Signed with" name="kid" text={key.kid} />
          <Facts of={key} number={license.number} now={now} />
          <KeyRowActions of={key} license={license} who={who} />
          <div className={styles.part}>
            <h4>Key contents</h4>
            <KeyClaims kid={key.kid} jti={key.jti} license={license.number} />
          </div>
        </div>
      ) : (
        <p>No key of this license has this ID.</p>
      )}
    </SidePanel>
  );
}

function Id({ title, name, text }: { title: string; name: string; text: string }) {
  return (
    <div className={styles.part}>
      <h4>{`${title} (${name})`}</h4>
      <code>{text}</code>
      <CopyButton text={text} size="compact-sm">
        {`Copy ${name}`}
      </CopyButton>
    </div>
  );
}

async function Facts({ of: key, number, now }: { of: LicenseKey; number: string; now: Date }) {
  const { jti, issued, issuedBy, revoked, lastUsed, deployments } = key;
  const revokedBy = revoked ? await revokerOf(jti) : null;
  const nameOf = await actorNames([issuedBy ?? [], revokedBy ?? []].flat());
  const done = (at: Date, by: LicenseKey["issuedBy"]) => (
    <>
      <When at={at} now={now} />
      {by ? ` by ${nameOf(by)}` : null}
    </>
  );
  return (
    <Definitions
      of={[
        ["Issued", done(issued, issuedBy)],
        ...(revoked ? ([["Revoked", done(revoked, revokedBy)]] as const) : []),
        ["Last used", lastUsed ? <When key="used" at={lastUsed} now={now} /> : "never"],
        [
          "Used by",
          deployments === 0 ? (
            "no deployment"
          ) : (
            <TextLink key="sites" href={deploymentSearch(`/licenses/${number}/deployments`, { key: jti })}>
              {counted(deployments, "deployment")}
            </TextLink>
          ),
        ],
      ]}
    />
  );
}
