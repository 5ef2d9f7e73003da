import { Checkbox } from "@mantine/core";
import { useId } from "react";
import { EVENT_TYPES } from "@/domain/events/event-types";
import styles from "./type-picker.module.css";

/** Checkboxes for the types of events, the form's field `types`. */
export function TypePicker({ chosen }: { chosen: readonly string[] }) {
  const id = useId();
  return (
    <fieldset className={styles.picker} aria-describedby={id}>
      <legend>Events</legend>
      <p id={id} className={styles.hint}>
        Select none to get all of them, including those of later versions.
      </p>
      <div className={styles.types}>
        {Object.entries(EVENT_TYPES).map(([type, title]) => (
          <div key={type} className={styles.choice}>
            <Checkbox
              name="types"
              value={type}
              label={title}
              title={type}
              defaultChecked={chosen.includes(type)}
            />
          </div>
        ))}
      </div>
    </fieldset>
  );
}
