import { headers } from "next/headers";
import { unstable_rethrow } from "next/navigation";
import type { ReactNode } from "react";
import { Problem } from "@/components/ui/problem";
import { Section } from "@/components/ui/section";
import { noteFailure } from "@/server/store/failures";
import { TryAgain } from "./try-again";

type Props = { title: string; id: string; draw: () => Promise<ReactNode> };

const FAILED =
  "This part couldn't be shown because of a server error. The rest of the page is complete. Try again. If it happens again, search the server log for the request ID.";

/** A part of a page that can fail alone: then its title stays, and a sentence replaces its content. */
export async function Region({ title, id, draw }: Props) {
  try {
    return await draw();
  } catch (error) {
    unstable_rethrow(error);
    const sent = await headers();
    const requestId = sent.get("x-request-id") ?? undefined;
    noteFailure(error, { requestId, method: "GET", path: sent.get("x-signet-path") ?? undefined });
    return (
      <Section title={title} id={id} actions={<TryAgain />}>
        <Problem of={{ sentence: FAILED, requestId }} />
      </Section>
    );
  }
}
