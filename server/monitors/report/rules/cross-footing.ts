import { judgedEqualities } from '../../statistics.ts'
import type { Finding } from '../observation.ts'
import type { ApplicantRow, DisputeRow, TableFigure } from '../reading/figures.ts'
import type { RequestRow } from '../reading/forms.ts'
import type { Report } from '../reading/report.ts'
import type { Source } from '../sources.ts'
import type { Span } from '../reading/view.ts'
import type { KeptReport } from './near-copy.ts'

const columns = ['自然人', '商业企业', '科研机构', '社会公益组织', '法律服务机构', '其他', '总计']

function finding(span: Span, holds: boolean, sides: string, source: Source): Finding {
  return {
    severity: holds ? 'pass' : 'fail',
    span,
    view: 'folded',
    message: holds ? 'equality-holds' : 'equality-broken',
    params: { sides },
    source,
  }
}

const given = (figures: readonly TableFigure[]): number[] => figures.flatMap(({ value }) => value ?? [])
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** Figures that add to the last of them: nothing where the total is blank or all are zero. */
function rowFinding(label: string, span: Span, figures: readonly TableFigure[], source: Source): Finding[] {
  const parts = figures.slice(0, -1)
  const total = figures.at(-1)?.value ?? null
  if (total === null) return []
  const values = given(parts)
  const added = sum(values)
  if (total === 0 && added === 0) return []
  const isWhole = values.length === parts.length
  const sides = `${label} ${total} ${added === total ? '=' : '≠'} ${values.length > 0 ? values.join(' + ') : '0'}`
  if (added === total || isWhole || added > total) return [finding(span, added === total, sides, source)]
  return [
    {
      severity: 'not-assessable',
      span,
      view: 'folded',
      message: 'equality-blank',
      params: { sides },
      source,
    },
  ]
}

/** Table three by columns: received + carried in = closed + carried out, and the outcomes add to 总计. */
function columnFindings(rows: readonly ApplicantRow[]): Finding[] {
  const of = (row: RequestRow): ApplicantRow[] => rows.filter((candidate) => candidate.row === row)
  const [received] = of('received')
  const [carriedIn] = of('carried-in')
  const [closed] = of('closed')
  const [carriedOut] = of('carried-out')
  const outcomes = of('outcome')
  return columns.flatMap((column, index): Finding[] => {
    const at = (row: ApplicantRow | undefined): number | null => row?.figures[index]?.value ?? null
    const [a, b, c, d] = [at(received), at(carriedIn), at(closed), at(carriedOut)]
    const findings: Finding[] = []
    if (received && a !== null && b !== null && c !== null && d !== null && a + b + c + d > 0) {
      const holds = a + b === c + d
      findings.push(
        finding(received, holds, `${column} ${a} + ${b} ${holds ? '=' : '≠'} ${c} + ${d}`, 'requests-form'),
      )
    }
    const parts = outcomes.flatMap((row) => at(row) ?? [])
    // A form with rows that were not recognised is not added up.
    if (
      closed &&
      c !== null &&
      outcomes.length >= 19 &&
      parts.length === outcomes.length &&
      c + sum(parts) > 0
    ) {
      const holds = sum(parts) === c
      findings.push(
        finding(
          closed,
          holds,
          `${column} ${c} ${holds ? '=' : '≠'} ${parts.filter((value) => value > 0).join(' + ') || '0'}`,
          'requests-form',
        ),
      )
    }
    return findings
  })
}

/** Passes of single columns say the same as that of 总计 and are left out. */
const condensed = (findings: readonly Finding[]): Finding[] =>
  findings.filter(
    ({ severity, params }) =>
      severity !== 'pass' ||
      !columns.slice(0, -1).some((column) => params['sides']?.startsWith(`${column} `)),
  )

const disputeFindings = (rows: readonly DisputeRow[]): Finding[] =>
  rows.flatMap(({ group, figures, start, end }) =>
    rowFinding(group, { start, end }, figures, 'disputes-form'),
  )

/** Every equality of the report's tables: 勾稽关系. */
export function crossFooting({ figures }: Report): Finding[] {
  const { statistics, requests, disputes, documents } = figures
  return [
    ...judgedEqualities(statistics).flatMap(({ record, terms, holds, sides }) =>
      [record, ...terms].every(({ value }) => Number(value) === 0)
        ? []
        : [finding({ start: record.start, end: record.end }, holds, sides, 'statistics')],
    ),
    ...requests.flatMap((row) =>
      rowFinding(row.label, { start: row.start, end: row.end }, row.figures, 'requests-form'),
    ),
    ...condensed(columnFindings(requests)),
    ...disputeFindings(disputes),
    ...documents.flatMap(({ label, figures: [, disclosed, all], start, end }): Finding[] =>
      disclosed?.value != null && all?.value != null && disclosed.value > all.value
        ? [
            {
              severity: 'warn',
              span: { start, end },
              view: 'folded',
              message: 'equality-broken',
              params: { sides: `${label} ${disclosed.value} > ${all.value}` },
              source: 'documents-form',
            },
          ]
        : [],
    ),
  ]
}

/** What last year's report carried over is what this one received from it. */
export function carriedOver({ figures }: Report, before: KeptReport | undefined): Finding[] {
  const row = figures.requests.find((candidate) => candidate.row === 'carried-in')
  const now = row?.figures.at(-1)?.value ?? null
  if (!row || now === null || before === undefined || before.carriedOut === null) return []
  const params = { now: String(now), then: String(before.carriedOut), sides: `${before.carriedOut} = ${now}` }
  const holds = before.carriedOut === now
  return [
    {
      severity: holds ? 'pass' : 'fail',
      span: { start: row.start, end: row.end },
      view: 'folded',
      message: holds ? 'equality-holds' : 'carried-differs',
      params,
      source: 'requests-form',
    },
  ]
}
