import type { Finding } from '../observation.ts'
import type { Report, Section } from '../reading/report.ts'

const problems = /问题|不足|困难/
const improvements = /改进|措施|打算|计划|下一步|安排|努力/
const nothing =
  /^(?:\(?一\)?)?(?:目前)?(?:暂)?(?:无|没有|未发现|不存在)(?:存在)?(?:的|明显|突出)?(?:问题|不足|此类情况|情况)?[。.!]*$/
const least = 12

/** What stands under a heading: its own words behind a colon or stop as well. */
function wordsOf({ heading, body }: Section, text: string): string {
  return (
    text
      .slice(body.start, body.end)
      .replace(/^[。:;,\s]+/, '')
      .replace(/\s+/g, '')
      .slice(0, 400) || (heading.title.includes('。') ? heading.title : '')
  )
}

/** Headings with nothing under them, and 无 under problems and improvements. */
export function emptyPart(report: Report): Finding[] {
  const { sections, prose, era, isAnnualReport, isCut, lines, folded } = report
  if (sections.length < 3) return []
  const tablesAt = lines.flatMap(({ isTable, start }) => (isTable ? [folded.at[start] ?? 0] : []))
  return sections.flatMap((section, index): Finding[] => {
    const { heading } = section
    const words = wordsOf(section, prose.text)
    const isLast = index === sections.length - 1
    const span = { start: heading.start, end: heading.end }
    const finding = (message: Finding['message']): Finding[] => [
      { severity: 'warn', span, view: 'prose', message, params: {} },
    ]
    const from = prose.at[section.body.start - 1] ?? 0
    const to = prose.at[section.body.end] ?? Infinity
    // A table of contents names every part before it comes.
    const isListed = sections
      .slice(index + 1)
      .some(
        (other) =>
          other.heading.number === heading.number &&
          other.heading.title.startsWith(heading.title.slice(0, 6)),
      )
    if (isListed || !heading.beginsLine || (isLast && isCut) || tablesAt.some((at) => at > from && at < to))
      return []
    if (problems.test(heading.title)) {
      if (words === '' || nothing.test(words)) return finding('problems-empty')
      return words.length < least ? finding('problems-thin') : []
    }
    // 四、本年度未发生行政复议。 says all that is to be said.
    if (words !== '' || !isAnnualReport || /[。;]/.test(prose.text.charAt(heading.end))) return []
    // Tables fill the middle parts of the newer forms; a table that is missing is told as such.
    if (era !== '2007' && /主动公开|申请|复议|诉讼/.test(heading.title)) return []
    return improvements.test(heading.title) || heading.title.length <= 30 ? finding('part-empty') : []
  })
}
