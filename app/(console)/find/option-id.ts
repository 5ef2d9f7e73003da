/** The element id of an entry; the entry's own id may contain any character. */
export function optionId(id: string): string {
  return `palette ${id}`.replace(/[^\w-]/g, "_");
}
