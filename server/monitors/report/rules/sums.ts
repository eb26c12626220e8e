import type { Finding } from '../observation.ts'
import { looseLists } from '../reading/loose-lists.ts'
import type { Report } from '../reading/report.ts'
import { sumOf, told, type Verdict } from '../reading/verdicts.ts'

const messages = { pass: 'sums-add-up', fail: 'sums-differ', 'not-assessable': 'sums-masked' } as const

function findingOf({ severity, total, parts }: Verdict): Finding {
  const end = parts.at(-1)?.end ?? total.end
  return {
    severity,
    span: { start: Math.min(total.start, parts[0]?.start ?? total.start), end: Math.max(end, total.end) },
    view: 'prose',
    message: messages[severity],
    params: {
      total: total.figures + total.unit,
      parts: parts.map(({ figures }) => figures).join('+'),
      sum: told(sumOf(parts.filter(({ value }) => value !== null))),
    },
  }
}

/** A list without a total of its own whose items add up to what the report says it disclosed in all. */
function listsOfAll({ prose: { text }, quantities, statements, verdicts }: Report): Finding[] {
  const totals = statements.filter(({ subject, isDenial }) => subject === 'disclosed' && !isDenial)
  const judged = new Set(verdicts.flatMap(({ parts, total }) => [total, ...parts]))
  return looseLists(text, quantities).flatMap(({ items }): Finding[] => {
    const [first, last] = [items[0], items.at(-1)]
    const total = totals.find(({ value }) => value === sumOf(items))
    if (!first || !last || !total || items.length < 4 || items.some((item) => judged.has(item))) return []
    const params = {
      total: told(total.value),
      parts: items.map(({ figures }) => figures).join('+'),
      sum: told(total.value),
    }
    return [
      {
        severity: 'pass',
        span: { start: first.start, end: last.end },
        view: 'prose',
        message: 'sums-add-up',
        params,
      },
    ]
  })
}

/** Totals in prose against the parts that they are broken down into. */
export const sums = (report: Report): Finding[] => [...report.verdicts.map(findingOf), ...listsOfAll(report)]
