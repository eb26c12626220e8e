import type { PublicationBody } from '#assessment/publication/publication'
import type { Scorecard } from '#assessment/score/scorecard'
import { listAssessments } from '../../db/assessments.ts'
import { lastEntryAbout } from '../../db/audit.ts'
import { findCircularTemplate } from '../../db/circular-templates.ts'
import type { Source } from '../../db/source.ts'
import { currentPublication, listPublications, type PublicationEntry } from '../../db/publications.ts'
import type { AllowedInEnv } from '../access/allow.ts'
import type { Scope } from '../access/permissions.ts'
import type { Account } from '../access/session.ts'
import { assessingUnit, type Visible } from '../access/visibility.ts'
import type { AssessedCache } from '../assessed.ts'
import { faultWords } from '../exchange/circular/fault-words.ts'
import type { CircularSource } from '../exchange/circular/figures.ts'
import { checkTemplate, wordsOf, type TemplateFault } from '../exchange/circular/fill.ts'
import { issuerOf } from '../exchange/circular/issuer.ts'
import { defaultTemplate, type CircularTemplate } from '../exchange/circular/template.ts'
import { Problem, problemOfParts } from '../http/problem.ts'
import { dayInChina } from '../today.ts'

/** A publication as its caller may see it. */
export interface CircularPlace {
  readonly visible: Visible
  readonly entry: PublicationEntry
  readonly source: CircularSource
  /** The caller's own scorecard where the scheme keeps the whole table from units; else null. */
  readonly ownOnly: Scorecard | null
}

/** The last approved publication of the year before, by the same assessing unit. */
async function previousBody(
  db: Source,
  assessed: AssessedCache,
  { assessment }: Visible,
): Promise<PublicationBody | null> {
  const earlier = (await listAssessments(db, { unitId: assessment.unitId })).find(
    ({ year }) => year < assessment.year,
  )
  const entry = earlier && (await currentPublication(db, earlier.id))
  return entry ? assessed.published(entry.id) : null
}

/** Publications that the caller may see, newest first: all of them for the assessing unit, the one that holds for the others. */
export async function circularEntries(
  db: Source,
  scope: Scope,
  assessmentId: string,
): Promise<PublicationEntry[]> {
  if (scope === 'assessing-unit') return listPublications(db, assessmentId)
  const current = await currentPublication(db, assessmentId)
  return current ? [current] : []
}

const ownCard = (body: PublicationBody, account: Account): Scorecard => {
  const card = body.scorecards.find(({ unitId }) => unitId === account.unit?.id)
  if (!card) throw new Problem('not-found')
  return card
}

/** The publication of an address. Throws `not-found` for one that the caller may not see. */
export async function circularPlace(
  { deps, account, assessed, scope, visible }: AllowedInEnv['Variables'],
  publicationId: string,
): Promise<CircularPlace> {
  const entries = await circularEntries(deps.db, scope, visible.assessment.id)
  const entry = entries.find(({ id }) => id === publicationId)
  if (!entry) throw new Problem('not-found')
  const body = await assessed.published(entry.id)
  const approved = entry.step?.type === 'approved' ? new Date(entry.step.recordedAt) : deps.clock()
  const isWhole = scope === 'assessing-unit' || body.scheme.publicity === 'full-table'
  return {
    visible,
    entry,
    source: {
      body,
      previous: await previousBody(deps.db, assessed, visible),
      issuer: issuerOf(assessingUnit(visible)),
      issuedOn: dayInChina(approved),
      logHead: await lastEntryAbout(deps.db, entry.id),
    },
    ownOnly: isWhole ? null : ownCard(body, account),
  }
}

/** An office's text with its version; 0 while it is the default. */
export async function templateOf(
  db: Source,
  office: { readonly id: string; readonly kind: string },
): Promise<{
  readonly template: CircularTemplate
  readonly version: number
  readonly updatedAt: string | null
}> {
  const fallback = defaultTemplate(office.kind === 'city')
  const row = await findCircularTemplate(db, office.id)
  return row === undefined
    ? { template: fallback, version: 0, updatedAt: null }
    : {
        template: { ...fallback, ...(JSON.parse(row.body) as CircularTemplate) },
        version: row.version,
        updatedAt: row.updatedAt,
      }
}

export const templateInvalid = (faults: readonly TemplateFault[]): Problem =>
  problemOfParts('circular-template-invalid', faults, (fault, language) => ({
    path: `${fault.part}.${fault.paragraph}`,
    code: fault.code,
    message: faultWords(fault, language),
  }))

/** Refuses a template that cannot be filled in from this publication. */
export function requireSound(template: CircularTemplate, source: CircularSource): void {
  const faults = checkTemplate(template, wordsOf(source.body))
  if (faults.length > 0) throw templateInvalid(faults)
}
