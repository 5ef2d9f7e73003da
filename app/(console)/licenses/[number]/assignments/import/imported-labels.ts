import { counted } from "@/components/text/numbers";

/** What the server did with a file, by its own count; empty if it changed nothing. */
export function importedLabel(
  { added, converted }: { added: number; converted: number },
  source: string,
): string {
  const parts = [
    ...(added > 0 ? [`assigned ${counted(added, "user")}`] : []),
    ...(converted > 0 ? [`converted ${counted(converted, "user")}`] : []),
  ];
  const words = parts.join(", ");
  return words && `${words.charAt(0).toUpperCase()}${words.slice(1)} from ${source}.`;
}
