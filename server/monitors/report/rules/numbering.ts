import type { Finding } from '../observation.ts'
import { headingStyles, type Heading, type HeadingStyle } from '../reading/headings.ts'
import { ordinal } from '../reading/numerals.ts'
import type { Report } from '../reading/report.ts'
import type { MessageKey } from '../words.ts'

const levelOf = (style: HeadingStyle): number => headingStyles.indexOf(style)

const finding = ({ start, end }: Heading, message: MessageKey, from: number, to: number): Finding => ({
  severity: 'warn',
  span: { start, end },
  view: 'prose',
  message,
  params: { before: String(from), number: String(to) },
})

/** Whether a list that begins anew at 1 goes on by itself, 1 2 3: a list of its own and no slip. */
function isOwnList(headings: readonly Heading[], index: number): boolean {
  const first = headings[index]
  const next = headings.slice(index + 1).find(({ style }) => style === first?.style)
  return next?.number === 2
}

/** Numbers of one level that skip or come twice. Levels inside begin anew under each heading. */
function sequences(headings: readonly Heading[]): Finding[] {
  const last = new Map<HeadingStyle, number>()
  const findings: Finding[] = []
  for (const [index, heading] of headings.entries()) {
    const { style, number } = heading
    const before = last.get(style)
    for (const other of headingStyles) if (levelOf(other) > levelOf(style)) last.delete(other)
    last.set(style, number)
    if (before === undefined || number === before + 1) {
      // (一) and then (2): two ways of numbering in one list.
      const sister = style === 'point' ? 'section' : null
      const outer = sister === null ? undefined : last.get(sister)
      if (before === undefined && outer !== undefined && number >= 2 && number === outer + 1) {
        findings.push(finding(heading, 'numbering-mixed', outer, number))
      }
      continue
    }
    const isOutermost = style === 'chapter' && !headings.some((other) => other.style === 'part')
    if (number === 1) {
      if (isOutermost && !isOwnList(headings, index)) {
        findings.push(finding(heading, 'numbering-restarts', before, number))
        last.set(style, before)
      }
      continue
    }
    const isSettled = style === 'chapter' || style === 'section' || heading.beginsLine
    if (!isSettled) continue
    if (number === before) {
      findings.push(finding(heading, 'numbering-repeats', before, number))
      // 二、二、四、: the second is the third.
      last.set(style, before + 1)
    } else if (number > before + 1 && number <= before + 3)
      findings.push(finding(heading, 'numbering-skips', before, number))
    else if (number < before && style === 'chapter')
      findings.push(finding(heading, 'numbering-back', before, number))
  }
  return findings
}

/** 一是… 二是… 四是…, 第一，… or (1)…: within one paragraph. */
function spokenNumbers(text: string): Finding[] {
  const findings: Finding[] = []
  for (const paragraph of text.matchAll(/[^\n]+/g)) {
    let before = 0
    for (const match of paragraph[0].matchAll(
      /(?<=^|[,。;:、!?)])(?:([一二三四五六七八九十]{1,2})[是要则](?![一-鿿]?[个家条件次年月日])|第([一二三四五六七八九十]{1,2})[,、:]|(?<=^|[。;:])\((\d{1,2})\))/g,
    )) {
      const number = ordinal(match[1] ?? match[2] ?? match[3] ?? '') ?? 0
      const start = paragraph.index + match.index
      const span = { start, end: start + match[0].length }
      const fault = (message: MessageKey): Finding => ({
        severity: 'warn',
        span,
        view: 'prose',
        message,
        params: { before: String(before), number: String(number) },
      })
      if (number === before && number > 1) findings.push(fault('numbering-repeats'))
      else if (before > 0 && number > before + 1 && number <= before + 3)
        findings.push(fault('numbering-skips'))
      before = number
    }
  }
  return findings
}

/** Numbers of headings and lists that skip, come twice or change their form. */
export const numbering = ({ headings, prose }: Report): Finding[] =>
  [...sequences(headings), ...spokenNumbers(prose.text)].sort((a, b) => a.span.start - b.span.start)
