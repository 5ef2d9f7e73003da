/** The id of an entry's element: what it is made of may hold any character. */
export function optionId(id: string): string {
  return `palette ${id}`.replace(/[^\w-]/g, "_");
}
