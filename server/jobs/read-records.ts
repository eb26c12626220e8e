import { readSheets, readWorkbookFile, type ReadOptions } from './read-workbook.ts'
import { recordSheetNames } from '../exchange/records/columns.ts'
import { parseRecords, type RecordsReading } from '../exchange/records/parse-records.ts'

/** Reads the registers of a workbook from its bytes or its path, within the limits of every workbook; other sheets are passed over. */
export async function readRecords(
  input: Uint8Array | string,
  options: Pick<ReadOptions, 'signal' | 'timeout'> = {},
): Promise<RecordsReading> {
  const bytes = typeof input === 'string' ? await readWorkbookFile(input) : input
  if (!(bytes instanceof Uint8Array)) return bytes
  const reading = await readSheets(bytes, recordSheetNames, options)
  if (!reading.ok) return reading
  const records = parseRecords(reading.sheets)
  return { ...records, warnings: [...reading.warnings, ...records.warnings] }
}
