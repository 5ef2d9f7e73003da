/**
 * Offers a text as a download. The type isn't plain text, because some browsers would append an extension to the file
 * name.
 */
export function downloadText(text: string, fileName: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/octet-stream" }));
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(link.href);
}
