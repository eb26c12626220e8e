import type { Finding } from '../observation.ts'
import { looseLists } from '../reading/loose-lists.ts'
import type { Report } from '../reading/report.ts'
import { exact, sumOf, told, type Verdict } from '../reading/verdicts.ts'

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

/** 办事指南12项、政策文件8项…，共计80项: a total behind its parts. */
function totalsBehind({ prose: { text }, quantities, verdicts }: Report): Finding[] {
  const judged = new Set(verdicts.flatMap(({ parts, total }) => [total, ...parts]))
  return quantities.flatMap((total, index): Finding[] => {
    const marker = /[,;、](?:以上)?[^,。;、\d]{0,6}?((?<!公)共计?|合计|总计|累计)[^,。;、\d]{0,10}$/.exec(
      text.slice(Math.max(0, total.start - 24), total.start),
    )?.[1]
    if (marker === undefined || judged.has(total) || !exact(total) || total.isPercent || total.isChange)
      return []
    const from = Math.max(...['。', '\n', '!'].map((stop) => text.lastIndexOf(stop, total.start))) + 1
    const before = quantities
      .slice(0, index)
      .filter(({ start, isPercent, isChange }) => start >= from && !isPercent && !isChange)
    const parts = before.filter((part) => part.unit === total.unit)
    if (
      parts.length < 2 ||
      parts.length < before.length ||
      !parts.every(exact) ||
      parts.some((part) => judged.has(part))
    )
      return []
    const [first] = parts
    const sum = sumOf(parts)
    const share = total.value === null || total.value === 0 ? 0 : sum / total.value
    if (!first || sum === 0) return []
    const span = { start: first.start, end: total.end }
    const params = {
      total: total.figures + total.unit,
      parts: parts.map(({ figures }) => figures).join('+'),
      sum: told(sum),
    }
    if (share === 1) return [{ severity: 'pass', span, view: 'prose', message: 'sums-add-up', params }]
    // 共 and 累计 may count more than the sentence names.
    const claimsAll = /合计|总计/.test(marker) || (marker === '共计' && share > 0.75 && share < 1.33)
    return claimsAll ? [{ severity: 'fail', span, view: 'prose', message: 'sums-differ', params }] : []
  })
}

/** Totals in prose against the parts that they are broken down into. */
export const sums = (report: Report): Finding[] => [
  ...report.verdicts.map(findingOf),
  ...listsOfAll(report),
  ...totalsBehind(report),
]
