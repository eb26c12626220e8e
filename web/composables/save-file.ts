/** Hands bytes to the browser as a file of this name. */
export function saveFile(bytes: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(bytes)
  link.download = name.replace(/[\\/:*?"<>|]/g, ' ').slice(0, 120)
  link.click()
  window.setTimeout(() => URL.revokeObjectURL(link.href), 1000)
}
