import { TextInput } from "@mantine/core";
import { useId } from "react";

const USUAL = [
  "userName",
  "externalId",
  'emails[type eq "work"].value',
  "nickName",
  "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber",
];

/** The attribute that is the subject of a user's seats. */
export function SubjectField({ value, wrong }: { value: string; wrong: string | undefined }) {
  const list = useId();
  return (
    <>
      <TextInput
        name="subject"
        label="Subject"
        description="The attribute that your seats are named by: what products send as the user."
        maxLength={200}
        list={list}
        autoComplete="off"
        defaultValue={value}
        error={wrong}
        required
        withAsterisk={false}
      />
      <datalist id={list}>
        {USUAL.map((path) => (
          <option key={path} value={path} />
        ))}
      </datalist>
    </>
  );
}
