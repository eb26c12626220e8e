const digits: Readonly<Record<string, number>> = Object.fromEntries(
  [...'零一二三四五六七八九']
    .map((numeral, value) => [numeral, value])
    .concat([
      ['〇', 0],
      ['○', 0],
      ['两', 2],
    ]),
)
const tens: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 }
const large: Readonly<Record<string, number>> = { 万: 10_000, 亿: 100_000_000 }

/** Characters that Chinese numbers are written with, for a class of a regular expression. */
export const numerals = '零〇○一二两三四五六七八九十百千万亿'

/** The value of a number in Chinese characters, 一百四十四 as well as 二〇一六; null when it is none. */
export function chineseNumber(text: string): number | null {
  if (
    text === '' ||
    [...text].some((character) => !(character in digits || character in tens || character in large))
  )
    return null
  if (![...text].some((character) => character in tens || character in large)) {
    return Number([...text].map((character) => digits[character]).join(''))
  }
  let total = 0
  let section = 0
  let digit = 0
  for (const character of text) {
    const unit = tens[character]
    const myriad = large[character]
    if (unit !== undefined) {
      section += (digit === 0 ? 1 : digit) * unit
      digit = 0
    } else if (myriad !== undefined) {
      total = (total + section + digit) * myriad
      section = 0
      digit = 0
    } else digit = digits[character] ?? 0
  }
  return total + section + digit
}

/** The value of an ordinal in figures or Chinese characters; null when it is none. */
export const ordinal = (text: string): number | null =>
  /^\d+$/.test(text) ? Number(text) : chineseNumber(text)
