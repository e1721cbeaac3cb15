/** Hands a file to the browser's downloads. */
export function downloadFile(fileName: string, content: BlobPart, mediaType: string): void {
  const url = URL.createObjectURL(new Blob([content], { type: mediaType }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The click starts the download in a later task; freeing the address at once would empty it.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
