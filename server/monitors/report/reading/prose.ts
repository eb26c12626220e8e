import type { Line } from './tables.ts'
import { ViewBuilder, type Span, type View } from './view.ts'

/** The beginning of a numbered heading or item: 第一部分, 一、 (一) 1. (1) 一是. */
export const numberedStart =
  /^\s*(?:第[一二三四五六七八九十]{1,3}(?:部分|条|章|节)|[一二三四五六七八九十]{1,3}[、.]|\(?[一二三四五六七八九十]{1,3}\)|\d{1,2}[、.)](?!\d)|\(\d{1,2}\)|[一二三四五六七八九十]是)/

/** Han characters, commas, enumeration commas and figures end a line that goes on. */
const joins = (code: number): boolean =>
  (code >= 0x3400 && code <= 0x9fff) || code === 0x2c || code === 0x3001 || (code >= 0x30 && code <= 0x39)
const wordCharacter = (code: number): boolean =>
  (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a)
/** Lines this long that end amid a sentence go on in the next line. */
const wrapped = 25
/** How titles and signatures end. */
const titleEnd = /(?:报告|年报|总结|汇报|情况|局|政府|办公室|办事处|委员会)$/
const sentenceEnd = /[。;:!?”)》】…]$/

/** Whether a line ends amid a sentence that the next one carries on, as where lines were broken to a page's width. */
function carriesOn(line: string, next: string): boolean {
  const isHeading = numberedStart.test(line) && line.trim().length < 40
  return (
    line.trim().length >= wrapped &&
    !isHeading &&
    next.trim() !== '' &&
    !sentenceEnd.test(line.trim()) &&
    !(titleEnd.test(line.trim()) && line.trim().length < 45) &&
    !numberedStart.test(next) &&
    !/^\s*(?:【|\d{4}年\d{1,2}月\d{1,2}日\s*$)/.test(next)
  )
}

/** Sentences, and where a space stood before a character that is left out. */
export interface Prose extends View {
  readonly gaps: ReadonlySet<number>
}

/** The sentences of a text without its tables: broken lines joined, spaces left out except between words and figures. */
export function proseOf(view: View, lines: readonly Line[]): Prose {
  const gaps = new Set<number>()
  const builder = new ViewBuilder(view.text.length + 1)
  const pieces = lines.flatMap((line): readonly Span[] =>
    line.isTable ? [{ start: line.start, end: line.start }] : line.cells.length > 1 ? line.cells : [line],
  )
  for (const [index, { start, end }] of pieces.entries()) {
    for (let at = start; at < end; at++) {
      const code = view.text.charCodeAt(at)
      if (code !== 0x20 && code !== 0x09 && code !== 0x7c) {
        builder.add(code, view.at[at] ?? 0)
        continue
      }
      let after = at + 1
      while (after < end && /[\s|]/.test(view.text.charAt(after))) after++
      if (wordCharacter(builder.last) && wordCharacter(view.text.charCodeAt(after)) && code !== 0x7c)
        builder.add(0x20, view.at[at] ?? 0)
      else gaps.add(builder.length)
      at = after - 1
    }
    const next = pieces[index + 1]
    if (!next) continue
    const line = view.text.slice(start, end)
    if (carriesOn(line, view.text.slice(next.start, next.end)) && joins(builder.last)) continue
    if (builder.last !== 0x0a) builder.add(0x0a, view.at[end] ?? view.at.at(-1) ?? 0)
  }
  return { ...builder.view(), gaps }
}
