import { createHash } from 'node:crypto'
import type { Insertable } from 'kysely'
import type { Day } from '#assessment/day'
import type { CommissionRow, ExternalBatchRow, ExternalMarkRow } from '../tables.ts'
import { momentOn } from './days.ts'

/** Who evaluated the city, and what its files brought. */
export interface ThirdPartyRows {
  readonly commission: CommissionRow | null
  readonly batches: readonly Insertable<ExternalBatchRow>[]
  readonly external: readonly Insertable<ExternalMarkRow>[]
}

/** A participant with its final mark and the day from which the evaluator had one. */
interface Evaluated {
  readonly unitId: string
  readonly name: string
  readonly marks: string | null
  readonly on: Day
}

interface ThirdPartyYear {
  readonly assessmentId: string
  readonly component: string
  readonly full: string
  readonly year: number
  readonly today: Day
  readonly registeredOn: Day
  readonly officeId: string | null
  readonly newId: () => string
}

const evaluator = '致公社会治理评估中心'
const reasons = [
  null,
  '部门评估完成过半，补入已完成单位的得分',
  '全部单位评估完毕；两个县区经复核更正得分',
] as const
/** Marks of these were corrected after review: what the first files said, in hundredths below. */
const corrected: readonly (readonly [index: number, by: number])[] = [
  [1, -120],
  [4, -85],
]

/** What the file before the last one said of a unit that was corrected later. */
function before(marks: string, index: number): string {
  const by = corrected.find(([at]) => at === index)?.[1] ?? 0
  return by === 0 ? marks : ((Math.round(Number(marks) * 100) + by) / 100).toFixed(2)
}

/** A batch for every day on which marks came, each with all that was known by then; two marks are corrected in the last. */
export function thirdPartyRows(context: ThirdPartyYear, all: readonly Evaluated[]): ThirdPartyRows {
  const { assessmentId, component, full, year, today, officeId, newId } = context
  const commission: CommissionRow | null =
    officeId === null || context.registeredOn > today
      ? null
      : {
          id: newId(),
          assessmentId,
          component,
          evaluator,
          procurementNumber: `LJZC-${year}-0917`,
          startsOn: `${year}-10-08`,
          endsOn: `${year + 1}-01-31`,
          contractId: null,
          version: 1,
          updatedBy: officeId,
          updatedAt: momentOn(context.registeredOn, 95),
        }
  const days = [...new Set(all.map(({ on }) => on))].sort()
  const batches: Insertable<ExternalBatchRow>[] = []
  const external: Insertable<ExternalMarkRow>[] = []
  days.forEach((day, at) => {
    if (day > today) return
    const isLast = at === days.length - 1
    const rows = all.map(({ unitId, name, marks, on }, index) => ({
      unitId,
      name,
      marks: marks === null || on > day ? null : isLast ? marks : before(marks, index),
    }))
    const id = newId()
    const said = { recordedBy: officeId, recordedAt: momentOn(day, 120) }
    batches.push({
      id,
      assessmentId,
      component,
      commissionId: commission?.id ?? null,
      fileName: `${year}年度第三方评估得分（第${'一二三'.charAt(at)}批）.xlsx`,
      sha256: createHash('sha256').update(JSON.stringify(rows)).digest('hex'),
      mapping: JSON.stringify({
        sheet: '得分汇总',
        headerRow: 2,
        unit: 1,
        total: { column: 6, full },
        dimensions: [],
        holds: null,
        names: [],
      }),
      evidenceId: null,
      supersedes: batches.at(-1)?.id ?? null,
      reason: batches.length === 0 ? null : (reasons[at] ?? reasons[1]),
      onDay: day,
      ...said,
    })
    external.push(
      ...rows.map(({ unitId, marks }) => ({
        id: newId(),
        assessmentId,
        component,
        dimension: null,
        unitId,
        marks,
        onDay: day,
        importId: null,
        batchId: id,
        givenMarks: marks,
        givenFull: full,
        ...said,
      })),
    )
  })
  return { commission, batches, external }
}
