/** A field as it stands: its name and value, and for a choice whether it is taken. */
export type TypedField = { name: string; value: string; isChecked: boolean };

type Field = HTMLInputElement | HTMLTextAreaElement;

const SECRET_OR_NOT_TYPED = ["password", "hidden", "file", "submit", "button"];
const CHOICES = ["checkbox", "radio"];

/** What was typed in a form, never a password; null where every field is as it came. */
export function typedFields(form: HTMLFormElement): TypedField[] | null {
  const fields = fieldsOf(form);
  const isTouched = fields.some((field) =>
    isChoice(field) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue,
  );
  if (!isTouched) return null;
  return fields.map((field) => ({
    name: field.name,
    value: field.value,
    isChecked: isChoice(field) && field.checked,
  }));
}

/** Types it again, as a hand would, so that whoever listens to the fields hears of it. */
export function typeAgain(form: HTMLFormElement, typed: readonly TypedField[]): void {
  for (const field of fieldsOf(form)) {
    const same = typed.filter(({ name }) => name === field.name);
    if (isChoice(field)) {
      const isChecked = same.some(({ value, isChecked }) => value === field.value && isChecked);
      if (isChecked !== field.checked) field.click();
    } else if (same[0] && same[0].value !== field.value) {
      field.value = same[0].value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
}

function fieldsOf(form: HTMLFormElement): Field[] {
  return [...form.elements].filter(
    (element): element is Field =>
      (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) &&
      element.name !== "" &&
      !SECRET_OR_NOT_TYPED.includes(element.type),
  );
}

function isChoice(field: Field): field is HTMLInputElement {
  return CHOICES.includes(field.type);
}
