import { computed, reactive } from 'vue'
import { ApiProblem } from '../../api/client.ts'
import { keepReport, readReport, type Kept, type Reading } from '../../api/report.ts'
import type { ListSource } from '../../api/post-file.ts'
import { t } from '../../i18n.ts'

/** A report on its way to be kept: read, looked at by a person, kept. */
export interface ReportRow {
  readonly key: number
  readonly name: string
  readonly source: ListSource
  step: 'reading' | 'ready' | 'keeping' | 'kept' | 'refused'
  reading: Reading | null
  unitId: string | null
  year: string
  kept: Kept | null
  /** Why it could not be read or kept. */
  why: string
}

const isYear = (text: string): boolean => /^(?:19|20)\d{2}$/.test(text)
const isWhole = ({ unitId, year }: ReportRow): boolean => unitId !== null && isYear(year)
export const yearFault = ({ year }: ReportRow): string | undefined =>
  isYear(year) ? undefined : t('report.yearFault')

const whyOf = (reason: unknown): string =>
  reason instanceof ApiProblem
    ? [reason.title, reason.detail].filter(Boolean).join(t('states.colon')) || t('states.failed')
    : String(reason)

/** Reports that somebody adds: each is read as it comes, one after the other, and kept once whose it is is settled. */
export function useReportFiles(assessmentId: string, onKept: () => void) {
  const rows = reactive<ReportRow[]>([])
  let next = 0
  let reading: Promise<void> = Promise.resolve()

  async function read(row: ReportRow): Promise<void> {
    try {
      const found = await readReport(assessmentId, row.source)
      row.reading = found
      row.unitId = found.unitId
      row.year = found.year === null ? '' : String(found.year)
      row.step = 'ready'
    } catch (reason) {
      row.why = whyOf(reason)
      row.step = 'refused'
    }
  }
  function add(source: ListSource): void {
    const name = typeof source === 'string' ? t('report.pasted') : source.name
    rows.push({
      key: next++,
      name,
      source,
      step: 'reading',
      reading: null,
      unitId: null,
      year: '',
      kept: null,
      why: '',
    })
    const row = rows[rows.length - 1]
    if (row) reading = reading.then(() => read(row))
  }
  const remove = (row: ReportRow): void => void rows.splice(rows.indexOf(row), 1)
  const ready = computed(() => rows.filter((row) => row.step === 'ready' && isWhole(row)))

  /** Keeps what is whole, one report after the other; one that is refused says why and keeps none of the others. */
  async function keep(): Promise<void> {
    for (const row of ready.value) {
      row.step = 'keeping'
      row.why = ''
      try {
        row.kept = await keepReport(assessmentId, row.source, { unitId: row.unitId ?? '', year: row.year })
        row.step = 'kept'
      } catch (reason) {
        row.why = whyOf(reason)
        row.step = 'ready'
      }
    }
    onKept()
  }
  return { rows, ready, add, remove, keep }
}
