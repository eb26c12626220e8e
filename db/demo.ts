import type { Kysely, Transaction } from 'kysely'
import type { Day } from '#assessment/day'
import { municipal } from '#assessment/presets/municipal'
import { insertReports, type Watch } from './demo/reports.ts'
import { publishYear, type Freeze } from './demo/publication.ts'
import { findAccount, insertAccount } from './accounts.ts'
import { insertAssessment } from './assessments.ts'
import { accountRows, onlyOffice, recordersAmong, type Recorders } from './demo/accounts.ts'
import { cityName, places } from './demo/city.ts'
import { assessedYear, momentOn, workingDayBy } from './demo/days.ts'
import { idsFor } from './demo/random.ts'
import { yearRows, type YearContext, type YearRows } from './demo/year.ts'
import { insertCommission } from './commissions.ts'
import { insertExternalBatch } from './external-batches.ts'
import { insertFindingFacts, insertFindings } from './findings.ts'
import { loadCalendar } from './holidays.ts'
import { insertClaims, insertExternalMarks, insertSubmissions, insertVerifiedMarks } from './marks.ts'
import { insertParticipants } from './participants.ts'
import { insertScheme } from './schemes.ts'
import { saveSetting } from './settings.ts'
import type { Tables, UnitRow } from './tables.ts'
import { insertStageChanges } from './stages.ts'
import { insertUnits, listUnits } from './units.ts'
import { insertWindows } from './windows.ts'

export interface DemoOptions {
  /** The day up to which everything has happened. */
  readonly today: Day
  /** The office account of an installation already set up: its unit becomes the city. */
  readonly officeAccountId?: string
  /** Argon2id hash of every demo account's password; null = make no accounts. */
  readonly passwordHash: string | null
  readonly freeze: Freeze
  /** What the monitor says of annual reports; left out, there are none. */
  readonly watch?: Watch
}

const yearsBack = [2, 1, 0] as const

/** Makes the city and what is below it, keeping units that are there under the same names; gives ids by name. */
async function fillUnits(
  trx: Transaction<Tables>,
  officeAccountId: string | undefined,
  newId: () => string,
): Promise<{ cityId: string; unitId: (name: string) => string }> {
  const office = officeAccountId === undefined ? undefined : await findAccount(trx, officeAccountId)
  const existing = await listUnits(trx)
  const ids = new Map(existing.map(({ id, name }) => [name, id]))
  const cityId = office?.unitId ?? ids.get(cityName) ?? newId()
  if (!existing.some(({ id }) => id === cityId)) {
    await insertUnits(trx, [{ id: cityId, name: cityName, kind: 'city', parentId: null, position: 0 }])
    await saveSetting(trx, 'city', cityName)
  }
  ids.set(cityName, cityId)
  const unitId = (name: string): string => {
    const id = ids.get(name) ?? newId()
    ids.set(name, id)
    return id
  }
  const first = Math.max(0, ...existing.map(({ position }) => position)) + 1
  const known = new Set(existing.map(({ name }) => name))
  const rows = places.map(({ name, kind, parent }, index): UnitRow => ({
    id: unitId(name),
    name,
    kind,
    parentId: parent === null ? cityId : unitId(parent),
    position: first + index,
  }))
  await insertUnits(
    trx,
    rows.filter(({ name }) => !known.has(name)),
  )
  return { cityId, unitId }
}

async function insertYear(trx: Transaction<Tables>, rows: YearRows): Promise<void> {
  await insertAssessment(trx, rows.assessment)
  await insertParticipants(trx, rows.participants)
  await insertWindows(trx, rows.windows)
  await insertStageChanges(trx, rows.stages)
  await insertFindings(trx, rows.findings)
  await insertFindingFacts(trx, rows.facts)
  await insertClaims(trx, rows.self.claims)
  await insertSubmissions(trx, rows.self.submissions)
  await insertVerifiedMarks(trx, rows.self.marks)
  const { commission, batches, external } = rows.thirdParty
  if (commission) await insertCommission(trx, commission)
  for (const batch of batches) await insertExternalBatch(trx, batch)
  await insertExternalMarks(trx, external)
}

async function fill(trx: Transaction<Tables>, options: DemoOptions): Promise<{ assessmentId: string }> {
  const { today, officeAccountId, passwordHash } = options
  const scheme = municipal
  const newId = idsFor('ids')
  const calendar = await loadCalendar(trx)
  const current = assessedYear(scheme, today)
  const startedAt = momentOn(workingDayBy(calendar, `${current - 2}-01-10`), 0)
  const { cityId, unitId } = await fillUnits(trx, officeAccountId, newId)

  let recorders: Recorders = onlyOffice(officeAccountId ?? null)
  if (passwordHash !== null) {
    const accounts = accountRows(passwordHash, startedAt, unitId, newId)
    for (const account of accounts) await insertAccount(trx, account)
    recorders = recordersAmong(accounts)
  }
  const schemeId = newId()
  await insertScheme(trx, {
    id: schemeId,
    name: scheme.name,
    version: 1,
    scheme,
    createdBy: recorders.office,
    createdAt: startedAt,
  })

  let assessmentId = ''
  for (const age of yearsBack) {
    const context: YearContext = {
      scheme,
      schemeId,
      year: current - age,
      age,
      today,
      calendar,
      cityId,
      unitId,
      newId,
      recorders,
    }
    const rows = yearRows(context)
    await insertYear(trx, rows)
    if (age > 0) await publishYear(trx, rows.assessment, calendar, recorders, options.freeze)
    assessmentId = rows.assessment.id
  }
  if (options.watch)
    await insertReports(trx, {
      assessmentId,
      year: current,
      today,
      at: momentOn(today, 0),
      recordedBy: recorders.office,
      unitId,
      newId,
      watch: options.watch,
    })
  return { assessmentId }
}

/**
 * Fills in a fictional city with three years of facts, the last one in mid-assessment on `today`; the same on every machine.
 * Gives the current assessment. Runs in the transaction given, or in one of its own.
 */
export function fillDemo(
  db: Kysely<Tables> | Transaction<Tables>,
  options: DemoOptions,
): Promise<{ assessmentId: string }> {
  return db.isTransaction
    ? fill(db as Transaction<Tables>, options)
    : db.transaction().execute((trx) => fill(trx, options))
}
