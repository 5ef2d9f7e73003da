import { dateStyle } from "@/app/(console)/_lib/date-style";
import { Problem } from "@/components/ui/problem";
import { zonedText } from "@/domain/dates/date-style";
import { lateCheckpoint } from "@/server/checkpoints/checkpoints";

/** Says so if the checkpoints of the audit that are to be written elsewhere are missing. */
export async function LateCheckpoint({ now }: { now: Date }) {
  const late = await lateCheckpoint(now);
  if (!late) return null;
  const last = late.last
    ? `The last checkpoint of the audit was written on ${zonedText(late.last, await dateStyle())}`
    : "No checkpoint of the audit has been written yet";
  return (
    <Problem>
      {`${last}; one is due every hour. Until the next, a removal of the newest events would go unnoticed. The server's log has the reason.`}
    </Problem>
  );
}
