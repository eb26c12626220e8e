import { answer, api, type Answer } from '../../api/client.ts'

const { findings: ledger } = api.assessments[':id']
type Recording = Parameters<typeof ledger.$post>[0]['json']
type Recorded = Answer<typeof ledger.$post>['findings']

type Record = (
  finding: Omit<Recording, 'unitId' | 'unitIds'> & { readonly unitIds: readonly string[] },
) => Promise<{ readonly findings: Recorded }>

/** A finding that something else leads to, filled in beforehand and sent another way. */
export interface Given {
  /** Tells drafts of it apart. */
  readonly key: string
  readonly kind: string
  readonly unitId: string
  readonly what: string
  readonly source: string
  /** The word of the button. */
  readonly verb: string
  /** Sends it, as a finding at its one unit. */
  readonly record: Record
}

/** Records findings in an assessment, as those that nothing else leads to. */
export const recordIn =
  (id: string): Record =>
  (json) =>
    answer(ledger.$post({ param: { id }, json: { ...json, unitIds: [...json.unitIds] } }))

/** A finding as it is told once it is recorded, its unit beside its number. */
export interface RecordedFinding {
  readonly id: string
  readonly number: string
  readonly unit: string
  readonly what: string
}
export const recordedAs = (
  findings: Recorded,
  what: string,
  nameOf: (unitId: string) => string,
): RecordedFinding[] =>
  findings.map(({ id, number, fullNumber, unitId }) => {
    const unit = nameOf(unitId)
    return { id, number: fullNumber === `${unit} ${number}` ? number : fullNumber, unit, what }
  })
