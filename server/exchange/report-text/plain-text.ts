import { textOfBytes } from '../spreadsheet/text-bytes.ts'
import { ReportUnreadable } from './refusal.ts'

/** The text of bytes in any encoding that such texts come in; throws ReportUnreadable when it is no text. */
export function decodeText(bytes: Uint8Array, declared?: string): string {
  const text = textOfBytes(bytes, declared)
  if (text === null) throw new ReportUnreadable('unknown-format')
  return text
}
