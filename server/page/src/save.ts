/** Hands a person a file that was made on the device. */
export function save(content: string, name: string, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has begun to read it by then; it keeps what it reads.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** The name of a report on a file. */
export function reportName(file: string, extension: string): string {
  return `${file === '' ? 'file' : file}.credentials.${extension}`;
}
