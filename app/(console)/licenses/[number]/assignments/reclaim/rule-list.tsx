import { dateStyle } from "@/app/(console)/_lib/date-style";
import settings from "@/app/(console)/licenses/[number]/settings/settings.module.css";
import { count, counted } from "@/components/text/numbers";
import { Empty } from "@/components/ui/empty";
import { Section } from "@/components/ui/section";
import { StateBadge } from "@/components/ui/state-badge";
import { TextLink } from "@/components/ui/text-link";
import { dayText } from "@/domain/dates/date-style";
import { nameKey } from "@/domain/licenses/definition";
import { planRun } from "@/server/reclaim/planning";
import { type AllotmentRule, reclaimRules, ruleTag } from "@/server/reclaim/reclaim-rules";
import styles from "./reclaim.module.css";
import { keptSentence, ruleSentence, STOPPED_SENTENCE } from "./reclaim-labels";
import { RuleDialog } from "./rule-dialog";

type Props = { number: string; why: string | null; now: Date };

/** The rule of each allotment with seats, and how many seats it would release now. */
export async function RuleList({ number, why, now }: Props) {
  const rules = await reclaimRules(number, now);
  return (
    <Section
      title="Reclaim rules"
      id="rules"
      hint={
        <>
          Release seats that nobody uses, after a notice. Off by default.{" "}
          <TextLink href={`/licenses/${number}/assignments`}>All assignments</TextLink>
        </>
      }
    >
      {rules.length === 0 ? (
        <Empty title="This license has only minutes, no seats to release." />
      ) : (
        <ul className={styles.list}>
          {rules.map((rule) => (
            <Rule key={rule.allotment} number={number} rule={rule} why={why} now={now} />
          ))}
        </ul>
      )}
    </Section>
  );
}

async function Rule({ number, rule, why, now }: Props & { rule: AllotmentRule }) {
  const { allotment, next } = rule;
  const { due, later, kept, isStopped } = await planRun(number, nameKey(allotment), rule, now);
  const all = due.length + later;
  const stays = keptSentence(kept);
  return (
    <li className={`${settings.setting} ${styles.row}`}>
      <div className={settings.words}>
        <span className={styles.head}>
          <span className={settings.name}>{allotment}</span>
          {rule.isOn ? <StateBadge state="within">On</StateBadge> : <span className={styles.off}>Off</span>}
        </span>
        {rule.isOn ? <p>{ruleSentence(rule)}</p> : null}
        <p>
          {`${rule.isOn ? "Now" : "By the suggested rule"}, ${unusedSeats(all)}${later > 0 ? `, ${count(due.length)} of them in the next run` : ""}.`}
          {stays ? ` Kept: ${stays}.` : ""}
        </p>
        {next ? (
          <p>{isStopped ? STOPPED_SENTENCE : `Next run ${dayText(next, await dateStyle())}.`}</p>
        ) : null}
      </div>
      <RuleDialog number={number} rule={rule} tag={ruleTag(rule)} why={why} />
    </li>
  );
}

function unusedSeats(seats: number): string {
  if (seats === 0) return "no seat is unused";
  return `${counted(seats, "seat")} ${seats === 1 ? "is" : "are"} unused`;
}
