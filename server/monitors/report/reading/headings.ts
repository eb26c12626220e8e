import { ordinal } from './numerals.ts'
import type { Prose } from './prose.ts'
import type { Span } from './view.ts'

/** How a level of a text is numbered, from the outermost on (GB/T 9704—2012, 7.3.3). */
export const headingStyles = ['part', 'chapter', 'section', 'item', 'point'] as const
export type HeadingStyle = (typeof headingStyles)[number]

const numeral = '[一二三四五六七八九十]{1,3}'
const markers: Readonly<Record<HeadingStyle, RegExp>> = {
  part: new RegExp(`^第(${numeral})部分[:、.]?`),
  chapter: new RegExp(`^(${numeral})(?:、|[.](?!\\d))`),
  section: new RegExp(`^(?:\\((${numeral})\\)|(?<![第(])(${numeral})\\))[、.]?`),
  item: /^(\d{1,2})[、.](?![\d年月日])/,
  point: /^(?:\((\d{1,2})\)|(?<![\d(])(\d{1,2})\))[、.]?/,
}

/** A numbered heading, or a numbered item of a list. */
export interface Heading extends Span {
  readonly style: HeadingStyle
  readonly number: number
  /** Its words, up to the end of the line, a stop or a wide space. */
  readonly title: string
  /** Whether it begins a line. */
  readonly beginsLine: boolean
}

const titleLength = 60

function headingAt(view: Prose, start: number, beginsLine: boolean): Heading | null {
  const rest = view.text.slice(start, start + titleLength + 12)
  for (const style of headingStyles) {
    const match = markers[style].exec(rest)
    const number = ordinal(match?.[1] ?? match?.[2] ?? '')
    if (!match || number === null || number === 0) continue
    const after = start + match[0].length
    let end = after
    while (end < view.text.length && end - after < titleLength && !/[。;:\n!?]/.test(view.text.charAt(end))) {
      end++
      // The sentence begins behind a heading on the same line.
      if (view.gaps.has(end) && style !== 'item' && style !== 'point' && end - after >= 2) break
    }
    return { style, number, start, end, title: view.text.slice(after, end), beginsLine }
  }
  return null
}

/** Every heading and numbered item in prose, also those that follow a sentence on the same line. */
export function headingsIn(view: Prose): Heading[] {
  const found: Heading[] = []
  const candidate = /(^|\n|[。;:!?)”])(?=[第(一二三四五六七八九十\d])/g
  for (const match of view.text.matchAll(candidate)) {
    const start = match.index + match[0].length
    const beginsLine = match[1] === '' || match[1] === '\n'
    const heading = headingAt(view, start, beginsLine)
    if (!heading) continue
    // Within a line only 一、 and (一) count, and not as a reference: 第(一)项, 附表一、二.
    if (!beginsLine && heading.style !== 'chapter' && heading.style !== 'section') continue
    found.push(heading)
  }
  return found
}
