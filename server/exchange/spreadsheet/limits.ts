/** What a workbook may ask of us; beyond it, it is refused with a reason. */
export const limits = {
  fileBytes: 50 * 1024 * 1024,
  /** Unpacked size of all parts together; of a file that people fill in by hand far less. */
  unpackedBytes: 400 * 1024 * 1024,
  formBytes: 32 * 1024 * 1024,
  parts: 10_000,
  /** Rows that hold anything, the header not counted. */
  rows: 200_000,
  /** Problems told one by one; the rest are only counted. */
  problems: 1000,
} as const
