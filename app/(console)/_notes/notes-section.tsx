import { Section } from "@/components/ui/section";
import { rightOf, whyNot } from "@/domain/roles";
import type { Principal } from "@/server/access/gate";
import { type NotesHolder, notesOf, notesTag } from "@/server/licenses/notes";
import { NotesForm } from "./notes-form";
import { NotesText } from "./notes-text";

type Props = { who: Principal; holder: NotesHolder };

/** What people note about a license or a customer, for those who may read it. */
export async function NotesSection({ who, holder }: Props) {
  if (rightOf(who.role, "notes.read") !== "yes") return null;
  const notes = await notesOf(holder);
  return (
    <Section
      title="Notes"
      id="notes"
      hint="The search finds them. Products and license admins never see them."
    >
      {whyNot(who, "notes.write") ? (
        <NotesText notes={notes} />
      ) : (
        <NotesForm
          key={"license" in holder ? holder.license : holder.customer}
          holder={holder}
          notes={notes}
          tag={notesTag(notes)}
        />
      )}
    </Section>
  );
}
