import { WHOLE } from "@/server/cursor";
import { customerChoices } from "@/server/customers";
import { listInvitations } from "@/server/invitations";
import { listPeople } from "@/server/people-list";
import { csvDownload } from "../../csv";
import { readInScope } from "../../reading";
import { HEAD, invitationRow, personRow } from "../people-csv";
import { filterOf, loadPeopleParams } from "../search-params";

/** Exactly the people and the invitations that the list shows, on all its pages. */
export function GET(request: Request) {
  return readInScope("users.read", async ({ who, now }) => {
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
