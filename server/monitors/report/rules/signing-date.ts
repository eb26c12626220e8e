import type { Finding } from '../observation.ts'
import type { Report } from '../reading/report.ts'

/** Reports on part of a year may be signed within it. */
const partOfYear = /半年|季度|计划|方案|要点|打算|学年/

/** A report is signed once its year is over. */
export function signingDate(report: Report): Finding[] {
  const { signed, year, prose, lines, folded, isAnnualReport } = report
  if (year === null || (!isAnnualReport && lines.every(({ isTable }) => !isTable))) return []
  if (partOfYear.test(prose.text.slice(0, 60))) return []
  const lastDay = `${year}-12-31`
  const findings: Finding[] = []
  if (signed) {
    const span = { start: signed.start, end: signed.end }
    if (signed.iso === null)
      findings.push({ severity: 'fail', span, view: 'prose', message: 'signed-no-day', params: {} })
    else if (signed.iso < lastDay && signed.iso > `${year - 1}-06-30`) {
      findings.push({
        severity: 'fail',
        span,
        view: 'prose',
        message: 'signed-before-end',
        params: { signed: signed.iso, end: lastDay },
      })
    } else if (signed.iso >= lastDay) {
      findings.push({
        severity: 'pass',
        span,
        view: 'prose',
        message: 'signed-after-end',
        params: { signed: signed.iso, end: lastDay },
      })
    }
  }
  for (const cell of lines.flatMap(({ cells, isTable }) => (isTable ? cells : []))) {
    const match = /填报日期\s*:?\s*(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日/.exec(
      folded.text.slice(cell.start, cell.end),
    )
    if (!match) continue
    const [, y = '', m = '', d = ''] = match
    const filled = `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`
    if (filled >= lastDay || Number(y) < year) continue
    findings.push({
      severity: 'fail',
      span: { start: cell.start + match.index, end: cell.start + match.index + match[0].length },
      view: 'folded',
      message: 'signed-before-end',
      params: { signed: filled, end: lastDay },
    })
  }
  return findings
}
