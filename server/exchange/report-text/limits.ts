/** What a report may ask of us; beyond it, it is refused with a reason. */
export const reportLimits = {
  fileBytes: 50 * 1024 * 1024,
  /** Characters of the text; an annual report of a province has about 50,000. */
  characters: 2_000_000,
  pages: 2000,
  /** Tables within cells within tables; deeper ones are read as plain lines. */
  tableDepth: 40,
} as const
