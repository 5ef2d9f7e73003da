import settings from "@/app/(console)/licenses/[number]/settings/settings.module.css";
import { CHANNEL_LABELS } from "@/components/text/alert-labels";
import { When } from "@/components/text/when";
import { Section } from "@/components/ui/section";
import { StateBadge } from "@/components/ui/state-badge";
import { whyNot } from "@/domain/roles";
import type { Principal } from "@/server/access/gate";
import { type AlertChannel, listChannels } from "@/server/alerts/channels";
import { customerChoices } from "@/server/licenses/customers";
import { AddChannel, RemoveChannel, TestChannel } from "./channel-buttons";
import styles from "./rules.module.css";

type Props = { who: Principal; now: Date };

const MOST = 200;

/** The Slack and Teams channels that get every alert, or those of one customer. */
export async function Channels({ who, now }: Props) {
  const [{ items }, customers] = await Promise.all([listChannels({ limit: MOST }), customerChoices(who)]);
  const why = whyNot(who, "alert-channels.write");
  const names = new Map(customers.map(({ id, name }) => [id, name]));
  return (
    <Section
      title="Slack and Teams"
      id="channels"
      hint="Alerts are posted to these channels within a minute, through incoming webhooks."
      actions={<AddChannel customers={customers} why={why} />}
    >
      {items.length === 0 ? (
        <p className={styles.none}>No channels yet. Alerts are shown in the bell and sent by e-mail.</p>
      ) : (
        <ul className={styles.rules}>
          {items.map((channel) => (
            <Channel
              key={channel.id}
              of={channel}
              customer={names.get(channel.customer ?? "")}
              {...{ why, now }}
            />
          ))}
        </ul>
      )}
    </Section>
  );
}

type ChannelProps = { of: AlertChannel; customer: string | undefined; why: string | null; now: Date };

function Channel({ of: { id, name, kind, host, lastSent, lastError }, customer, why, now }: ChannelProps) {
  return (
    <li className={`${settings.setting} ${styles.channel}`}>
      <div className={settings.words}>
        <span className={settings.name}>{name}</span>
        <p>
          {CHANNEL_LABELS[kind]}, {host}. {customer ? `Alerts of ${customer}.` : "All alerts."}
        </p>
        {lastError ? (
          <StateBadge state="exceeded">Last message not delivered: {lastError}</StateBadge>
        ) : lastSent ? (
          <p>
            Last message <When at={lastSent} now={now} />
          </p>
        ) : null}
      </div>
      <div className={styles.foot}>
        <TestChannel id={id} name={name} why={why} />
        <RemoveChannel id={id} name={name} why={why} />
      </div>
    </li>
  );
}
