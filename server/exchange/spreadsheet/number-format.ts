const builtInDates: readonly (readonly [number, number])[] = [
  [14, 17],
  [22, 22],
  // Chinese, Japanese and Korean dates, which files name by number only.
  [27, 31],
  [36, 36],
  [50, 54],
  [57, 58],
]

/** Whether a number format shows a date (with or without the time), judged by its first section. */
export function showsDate(id: number, code: string | undefined): boolean {
  if (code === undefined) return builtInDates.some(([first, last]) => id >= first && id <= last)
  const bare = code
    .replace(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, '')
    .split(';')[0]
    ?.toLowerCase()
    .replace(/general|am\/pm|a\/p/g, '')
  return (
    bare !== undefined &&
    (/[yd]/.test(bare) || (bare.includes('m') && !/[hs]/.test(bare) && !/[0#?]/.test(bare)))
  )
}

/** Decimals that a percent format shows; null when it is none, judged by its first section. */
export function percentDigits(id: number, code: string | undefined): number | null {
  if (code === undefined) return id === 9 ? 0 : id === 10 ? 2 : null
  const [section = ''] = code.replace(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, '').split(';')
  return section.includes('%') ? (/[.]([0#?]+)/.exec(section)?.[1]?.length ?? 0) : null
}
