import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { Definitions } from "@/app/(console)/licenses/[number]/figure";
import { count, counted } from "@/components/text/numbers";
import { downloadText } from "@/components/ui/download-text";
import { Problem } from "@/components/ui/problem";
import { Cell, type Column, RowName, Table } from "@/components/ui/table";
import type { LogKind } from "@/domain/offline/offline-log";
import { effectsText, KIND_NAMES, replyFileName, sequencesText } from "./log-labels";
import type { LogRejection, LogResult } from "./log-result";
import styles from "./log-upload.module.css";
import type { LogFile } from "./use-log-upload";

type Props = { of: LogFile; remove: (() => void) | null };

const STATES: Record<LogFile["state"], string> = {
  waiting: "Waiting to be checked",
  checking: "Checking…",
  ready: "Checked. Nothing has changed yet.",
  refused: "Can't be applied",
  applying: "Applying…",
  done: "Applied",
};

const REPLIES: Record<LogKind, string> = {
  assignments:
    "Take the reply back to the deployment. It withdraws the seats that were rejected or released.",
  consumption: "Take the reply back to the deployment. It confirms which lines were applied.",
};

/** A chosen file: its errors, its expected effect, its progress, and its result. */
export function LogFileCard({ of: { file, state, result, through, fault }, remove }: Props) {
  return (
    <section className={styles.card} aria-label={file.name} data-state={state}>
      <div className={styles.head}>
        <h3>{file.name}</h3>
        {remove ? (
          <Button size="xs" variant="default" aria-label={`Remove ${file.name}`} onClick={remove}>
            Remove
          </Button>
        ) : null}
        <p role="status">{STATES[state]}</p>
      </div>
      {fault ? <Problem of={fault} /> : null}
      {result && state === "applying" ? <Running of={result} through={through} /> : null}
      {result ? <Result of={result} isDone={state === "done"} /> : null}
    </section>
  );
}

/** The progress: how many of the new lines have been applied. */
function Running({ of: { new: lines, through: end }, through }: { of: LogResult; through: number }) {
  const done = Math.max(0, through - (end - lines));
  return (
    <div className={styles.bar}>
      <progress max={Math.max(1, lines)} value={done} aria-label="Lines applied" />
      <span>
        {count(done)} of {counted(lines, "line")}
      </span>
    </div>
  );
}

function Result({ of, isDone }: { of: LogResult; isDone: boolean }) {
  const { kind, source, lines, rejections, effects, through, log, reply } = of;
  const rejected = rejections.reduce((all, { count: some }) => all + some, 0);
  return (
    <>
      <div className={styles.facts}>
        <Definitions
          of={[
            ["Deployment", source],
            ["Log", KIND_NAMES[kind]],
            ["Lines", `${count(lines)}, ${count(of.new)} of them new`],
            [isDone ? "Changed" : "Would change", effectsText(effects)],
            ["Rejected", rejected === 0 ? "none" : `${counted(rejected, "line")} of the whole log`],
            ...(isDone ? [["Applied", `through sequence ${count(through)}`] as const] : []),
          ]}
        />
      </div>
      {rejections.length > 0 ? <Rejections of={rejections} /> : null}
      {reply ? (
        <div className={styles.reply}>
          <Button
            leftSection={<IconDownload size={16} stroke={1.75} aria-hidden />}
            variant="default"
            onClick={() => downloadText(reply, replyFileName(kind, log))}
          >
            Download reply
          </Button>
          <p>{REPLIES[kind]}</p>
        </div>
      ) : null}
    </>
  );
}

const REASON: Column = { name: "Reason", width: "26%" };
const WHY: Column = { name: "Next step" };
const COUNT: Column = { name: "Lines", end: true, width: "72px" };
/** The sequence number of a line; an editor's line number differs, because the first line of a file has no sequence. */
const WHICH: Column = { name: "Sequence", width: "24%" };

function Rejections({ of: rejections }: { of: LogRejection[] }) {
  return (
    <Table caption="Rejected lines by reason" columns={[REASON, WHY, COUNT, WHICH]}>
      {rejections.map((rejection) => (
        <tr key={rejection.code}>
          <RowName>{rejection.title}</RowName>
          <Cell of={WHY}>
            <span className={styles.sentence}>{rejection.sentence}</span>
          </Cell>
          <Cell of={COUNT}>{count(rejection.count)}</Cell>
          <Cell of={WHICH}>
            <span className={styles.sentence}>{sequencesText(rejection)}</span>
          </Cell>
        </tr>
      ))}
    </Table>
  );
}
