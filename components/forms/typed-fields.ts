/** The state of a field: name, value, and for a checkbox or radio whether it is checked. */
export type TypedField = { name: string; value: string; isChecked: boolean };

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const SECRET_OR_NOT_TYPED = ["password", "hidden", "file", "submit", "button"];
const CHOICES = ["checkbox", "radio"];

/** The edited fields of a form without passwords; null if every field has its initial value. */
export function typedFields(form: HTMLFormElement): TypedField[] | null {
  return fieldsOf(form).some(isTouched) ? allFields(form) : null;
}

/** The fields of a form without passwords, edited or not. */
export function allFields(form: HTMLFormElement): TypedField[] {
  return fieldsOf(form).map((field) => ({
    name: field.name,
    value: field.value,
    isChecked: isChoice(field) && field.checked,
  }));
}

/** Restores edited fields with input events, so that listeners notice the change. Fields of one name keep their order. */
export function typeAgain(form: HTMLFormElement, typed: readonly TypedField[]): void {
  const left = [...typed];
  for (const field of fieldsOf(form)) {
    const at = left.findIndex(
      ({ name, value }) => name === field.name && (!isChoice(field) || value === field.value),
    );
    const [kept] = at < 0 ? [] : left.splice(at, 1);
    if (isChoice(field)) {
      if (field.checked !== (kept?.isChecked ?? false)) field.click();
    } else if (kept && kept.value !== field.value) {
      field.value = kept.value;
      for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }));
    }
  }
}

function isTouched(field: Field): boolean {
  if (field instanceof HTMLSelectElement) return field.value !== firstValueOf(field);
  return isChoice(field) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
}

/** The value that a list has before anybody chooses. */
function firstValueOf({ options }: HTMLSelectElement): string | undefined {
  return ([...options].find(({ defaultSelected }) => defaultSelected) ?? options[0])?.value;
}

function fieldsOf(form: HTMLFormElement): Field[] {
  return [...form.elements].filter(
    (element): element is Field =>
      (element instanceof HTMLInputElement ||
        element instanceof HTMLTextAreaElement ||
        element instanceof HTMLSelectElement) &&
      element.name !== "" &&
      !SECRET_OR_NOT_TYPED.includes(element.type),
  );
}

function isChoice(field: Field): field is HTMLInputElement {
  return CHOICES.includes(field.type);
}
