import { whereaboutsOf } from '../../db/dialect.ts'
import { newId } from '../../db/ids.ts'
import { insertReport, versionsOfReport } from '../../db/reports.ts'
import { reportMonitor, reportReach } from '../access/monitor-sight.ts'
import { chargingIn, isOver, unitNamesIn, visibleTo, type Visible } from '../access/visibility.ts'
import { actBeside, done, nothingDone, stamp, type Actor, type DoingBeside } from '../act.ts'
import type { Deps } from '../deps.ts'
import { keepBrought, recordBrought } from '../evidence/brought-file.ts'
import { removeStored } from '../evidence/storage.ts'
import { Problem } from '../http/problem.ts'
import type { WithThreads } from '../jobs/jobs.ts'
import type { Observation } from '../monitors/report/observation.ts'
import { suspectedBy } from '../suspected.ts'
import { enterSuspicions } from '../suspicion/enter.ts'
import { keptAs, mediaTypeFor, textOf, type ReportFile } from './read-report.ts'

type Keeper = Actor & WithThreads & { readonly deps: Pick<Deps, 'dataDir'> }

/** A report, and whose it is. */
interface Order {
  readonly file: ReportFile
  readonly unitId: string
  readonly year: number
}

export interface Kept {
  readonly id: string
  /** False where this very file was kept before. */
  readonly isNew: boolean
  readonly version: number
  /** How many suspicions are new by it. */
  readonly entered: number
}

/** Throws why the actor keeps no report of the unit: `assessment-closed`, `kind-not-yours`, `unknown-unit`, `unit-not-charged`. */
export async function requireKeeps(actor: Actor, visible: Visible, unitId: string | null): Promise<void> {
  if (isOver(visible.assessment)) throw new Problem('assessment-closed')
  if (!(await reportReach(actor.deps.db, visible, actor.account))(unitId ?? ''))
    throw new Problem('kind-not-yours')
  if (unitId === null) return
  if (!visible.units.some(({ id }) => id === unitId)) throw new Problem('unknown-unit')
  if (chargingIn(visible).nearest(unitId) === null) throw new Problem('unit-not-charged')
}

/** The same file again is the report that it was. */
async function keptBefore(
  db: Parameters<typeof versionsOfReport>[0],
  assessmentId: string,
  { unitId, year, file }: Order,
): Promise<{ readonly before: Kept | null; readonly version: number }> {
  const versions = await versionsOfReport(db, { assessmentId, unitId, year })
  const same = versions.find(({ sha256 }) => sha256 === file.sha256)
  return {
    before: same ? { id: same.id, isNew: false, version: same.version, entered: 0 } : null,
    version: (versions.at(-1)?.version ?? 0) + 1,
  }
}

async function record(
  doing: DoingBeside,
  order: Order,
  read: { readonly text: string; readonly observations: readonly Observation[]; readonly storedName: string },
) {
  const { assessment } = doing.visible
  const { file, unitId, year } = order
  // It holds the unit, so that of two who send the same report at once the second finds the first.
  const evidenceId = await recordBrought(doing, file, {
    mediaType: mediaTypeFor(file),
    storedName: read.storedName,
  })
  const { before, version } = await keptBefore(doing.trx, assessment.id, order)
  if (before) return nothingDone(before)
  const id = newId()
  await insertReport(doing.trx, {
    id,
    assessmentId: assessment.id,
    unitId,
    year,
    version,
    fileName: file.name,
    sha256: file.sha256,
    body: read.text,
    observations: JSON.stringify(read.observations),
    evidenceId,
    ...stamp(doing),
  })
  const entered = await enterSuspicions(
    doing,
    { monitor: reportMonitor, recordId: id, unitId, about: String(year) },
    suspectedBy(read.observations),
  )
  const { name, sha256 } = file
  return done<Kept>(
    { id, isNew: true, version, entered },
    { subject: id, detail: { assessment: assessment.id, unit: unitId, year, version, file: name, sha256 } },
  )
}

/**
 * Keeps an annual report with what the monitor says of it, as the next version where the unit's report on the year is there, and enters what is
 * suspected. Throws what `requireKeeps` throws, `report-unreadable`, and what is wrong with the file as evidence; nothing is left on disk then.
 */
export async function keepReport(actor: Keeper, assessmentId: string, order: Order): Promise<Kept> {
  const { db, dataDir } = actor.deps
  const visible = await visibleTo(actor, assessmentId)
  await requireKeeps(actor, visible, order.unitId)
  const { before } = await keptBefore(db, assessmentId, order)
  if (before) return before
  const text = await textOf(order.file, actor.inThread)
  const observations = await actor.inThread('check-report', {
    whereabouts: whereaboutsOf(db),
    text,
    unitId: order.unitId,
    unit: unitNamesIn(visible).get(order.unitId) ?? '',
    year: order.year,
    assessingUnitId: visible.assessment.unitId,
  })
  const storedName = await keepBrought(dataDir, order.file, keptAs(order.file))
  try {
    const kept = await actBeside(actor, assessmentId, 'report.keep', (doing) =>
      record(doing, order, { text, observations, storedName }),
    )
    if (!kept.isNew) await removeStored(dataDir, storedName)
    return kept
  } catch (error) {
    await removeStored(dataDir, storedName)
    throw error
  }
}
