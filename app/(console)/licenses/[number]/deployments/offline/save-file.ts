/** Saves text that the page holds as a file. */
export function saveFile(text: string, fileName: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/octet-stream" }));
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(link.href);
}
