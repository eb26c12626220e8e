const kilobyte = 1024

/** `820 KB`, `1.2 MB`. */
export function fileSize(bytes: number): string {
  if (bytes < kilobyte) return `${bytes} B`
  if (bytes < kilobyte * kilobyte) return `${Math.round(bytes / kilobyte)} KB`
  return `${(bytes / kilobyte / kilobyte).toFixed(1)} MB`
}
