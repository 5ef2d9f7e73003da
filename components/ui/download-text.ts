/** Gives a text to the browser to keep as a file. As plain text some browsers would add an extension to the name. */
export function downloadText(text: string, fileName: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/octet-stream" }));
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(link.href);
}
