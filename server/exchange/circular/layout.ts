/**
 * Measures of GB/T 9704-2012 《党政机关公文格式》. Word counts in twips (1/20 pt); the page is A4, the type area 版心 156 × 225 mm.
 */
const twipsPerMm = 1440 / 25.4
export const mm = (length: number): number => Math.round(length * twipsPerMm)

export const page = {
  width: 11_906,
  height: 16_838,
  top: mm(37),
  bottom: mm(35),
  left: mm(28),
  right: mm(26),
}
export const lineWidth = page.width - page.left - page.right

/** 22 lines of 28.95 pt fill the 225 mm of the type area. */
export const line = 579
/** 28 characters of 16 pt are wider than the 156 mm of the type area: each is set 0.25 pt closer. */
export const closer = -5
/** 三号 16 pt in half points. */
export const bodySize = 32
/** Two characters. */
export const indent = 640
/** One character of body text. */
export const oneCharacter = 320

export const fonts = {
  title: '方正小标宋简体',
  body: '仿宋_GB2312',
  level1: '黑体',
  level2: '楷体_GB2312',
  pageNumber: '宋体',
} as const

/** 发文机关标志 stands 35 mm below the type area's upper edge; 发文字号 two lines below it, the red rule 4 mm below that. */
export const head = { above: mm(35), markLine: 1200, rule: 'FF0000' } as const

const isHalf = (character: string): boolean => /[\u0020-\u007e]/.test(character)

/** Width of text set in 16 pt, in twips: a Chinese character is a square, a Latin one half of it. */
export const widthOf = (text: string): number =>
  [...text].reduce((sum, character) => sum + (isHalf(character) ? oneCharacter / 2 : oneCharacter), 0)

/** The largest size in points, at most 48, at which the head 发文机关标志 fits into one line. */
export const markSize = (text: string): number =>
  Math.max(16, Math.min(48, Math.floor(lineWidth / 20 / Math.max(1, [...text].length))))

/** Right indents that centre the signature over the date, which stands four characters from the right edge 右空四字. */
export function signatureIndents(issuer: string, date: string): { issuer: number; date: number } {
  const fromRight = 4 * oneCharacter
  const centred = fromRight + (widthOf(date) - widthOf(issuer)) / 2
  return centred >= 0
    ? { issuer: Math.round(centred), date: fromRight }
    : { issuer: 0, date: Math.round(fromRight - centred) }
}
