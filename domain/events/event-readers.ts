import { Refusal } from "@/domain/refusals/refusal";

/** How many readers may wait at one server. */
const MOST_READERS = 2000;
/** How many of them may have the same token, so that none keeps the others out. */
const MOST_OF_TOKEN = 100;
/** The longest wait of a request is 30 seconds. */
const RETRY_AFTER_S = 30;

/** Refuses one more reader where its token, or the whole server, has as many as it may have. */
export function refuseReader(own: number, all: number): void {
  if (own >= MOST_OF_TOKEN)
    throw new Refusal(
      "TOO_MANY_REQUESTS",
      `This API token already has ${MOST_OF_TOKEN} readers that wait for events. End some, or try again later.`,
      { retryAfter: RETRY_AFTER_S },
    );
  if (all >= MOST_READERS)
    throw new Refusal("OVERLOADED", "Too many readers are waiting for events. Try again later.", {
      retryAfter: RETRY_AFTER_S,
    });
}
