import type { Breakdown, Item } from '../reading/breakdowns.ts'
import type { Finding } from '../observation.ts'
import type { Report } from '../reading/report.ts'
import { fieldOf, looseLists, type Entry } from '../reading/loose-lists.ts'
import { exact, told, valueOf } from '../reading/verdicts.ts'

/** Figures that a report may state again and again, and that then are the same. */
const repeated = ['disclosed', 'received', 'reviews', 'lawsuits'] as const

/** Two figures for the same thing in prose. */
function repeatedFigures({ statements, figures }: Report): Finding[] {
  return repeated.flatMap((subject): Finding[] => {
    const own = statements.filter(
      (statement) => statement.subject === subject && !statement.isDenial && statement.isWhole,
    )
    const [first] = own
    const other = own.find(({ value }) => value !== first?.value)
    if (!first || !other) return []
    // Those received this year and those carried over make a third figure.
    const carried = figures.requests.find(({ row }) => row === 'carried-in')?.figures.at(-1)?.value ?? 0
    if (subject === 'received' && Math.abs(first.value - other.value) === carried && carried > 0) return []
    return [
      {
        severity: 'warn',
        span: { start: other.start, end: other.end },
        view: 'prose',
        message: 'figures-differ',
        params: { first: told(first.value), second: told(other.value) },
      },
    ]
  })
}

const once = (entries: readonly Entry[], field: number): Entry | undefined => {
  const own = entries.filter((entry) => entry.field === field)
  return own.length === 1 ? own[0] : undefined
}

const entriesOf = (items: readonly Item[]): Entry[] =>
  items.flatMap(({ quantity, label }) => {
    const field = fieldOf(label)
    return field === null || !exact(quantity) ? [] : [{ quantity, label, field }]
  })

/** A part of a part that is more than the part of the whole: 重点领域23条，其中财政5条 beside 财政4条 of all 26. */
function fieldsThatDiffer(report: Report): Finding[] {
  const { breakdowns, prose, quantities, verdicts } = report
  const whole = looseLists(prose.text, quantities)
  const subject = /重点领域|重点工作|重点信息/
  return breakdowns.flatMap(({ items, totals }: Breakdown): Finding[] => {
    const [total] = totals
    if (!total || !subject.test(prose.text.slice(Math.max(0, total.start - 30), total.start))) return []
    return entriesOf(items).flatMap(({ quantity, field }): Finding[] => {
      if (verdicts.some(({ parts, severity }) => severity === 'fail' && parts.includes(quantity))) return []
      const rival = whole
        .filter(({ items: listed }) => !listed.includes(quantity) && !listed.includes(total))
        .flatMap(({ entries }) => once(entries, field) ?? [])
        .find((entry) => valueOf(entry.quantity) < valueOf(quantity) && entry.quantity.unit === quantity.unit)
      if (!rival) return []
      return [
        {
          severity: 'warn',
          span: { start: total.start, end: quantity.end },
          view: 'prose',
          message: 'fields-differ',
          params: { part: told(valueOf(quantity)), whole: told(valueOf(rival.quantity)) },
        },
      ]
    })
  })
}

/** Figures of the prose against each other. */
export const textText = (report: Report): Finding[] => [
  ...repeatedFigures(report),
  ...fieldsThatDiffer(report),
]
