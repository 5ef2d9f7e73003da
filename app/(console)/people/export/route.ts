import { readInScope } from "@/app/(console)/_lib/reading";
import { csvDownload } from "@/app/(console)/_list/csv";
import { HEAD, invitationRow, personRow } from "@/app/(console)/people/people-csv";
import { filterOf, loadPeopleParams } from "@/app/(console)/people/search-params";
import { listInvitations } from "@/server/identity/invitations";
import { listPeople } from "@/server/identity/people-list";
import { customerChoices } from "@/server/licenses/customers";
import { WHOLE } from "@/server/store/cursor";

/** Exports the people and invitations that the list shows, on all its pages. */
export function GET(request: Request) {
  return readInScope("people.read", async ({ who, now }) => {
    const asked = await loadPeopleParams(request);
    const customers = new Map((await customerChoices(who)).map(({ id, name }) => [id, name]));
    const filter = filterOf({ ...asked, customer: customers.has(asked.customer) ? asked.customer : "" });
    return csvDownload(`people-${now.toISOString().slice(0, 10)}`, HEAD, rows());

    async function* rows() {
      if (asked.state !== "invited") yield (await listPeople(filter, WHOLE, now)).items.map(personRow);
      if (asked.state !== "come")
        yield (await listInvitations(filter)).map((invitation) => invitationRow(invitation, customers));
    }
  });
}
