import { z } from 'zod'
import { statuses } from '#assessment/score/scorecard'
import { findFindings } from '../../db/findings.ts'
import { findingsMentioning } from '../../db/search.ts'
import type { Scope } from '../access/permissions.ts'
import type { Account } from '../access/session.ts'
import type { Visible } from '../access/visibility.ts'
import { dayFor } from '../default-day.ts'
import type { SignedInEnv } from '../http/context.ts'
import { caseSight } from '../access/case-sight.ts'
import { factsSeen } from '../finding/fact-views.ts'
import { ledgerFor } from '../finding/ledger.ts'
import type { LedgerLine } from '../finding/wire.ts'
import type { AnswerOf } from '../http/schema-of.ts'
import { unitNameMatch } from '../third-party/unit-name-match.ts'
import { excerptOf, wordsIn } from './search-excerpt.ts'

/** Of each kind. */
const MOST = 20

const fields = ['number', 'what', 'source', 'reason', 'place'] as const
type Field = (typeof fields)[number]

const run = z.object({ text: z.string(), mark: z.boolean() })
const foundUnit = z
  .object({
    assessmentId: z.string(),
    year: z.int(),
    unitId: z.string(),
    unit: z.string(),
    group: z.string(),
  })
  .meta({ id: 'FoundUnit' })
const foundFinding = z
  .object({
    assessmentId: z.string(),
    year: z.int(),
    findingId: z.string(),
    number: z.string(),
    fullNumber: z.string(),
    unit: z.string(),
    chargedUnit: z.string(),
    kindName: z.string(),
    status: z.enum(statuses),
    notifiedOn: z.string().nullable(),
    field: z.enum(fields),
    excerpt: z.array(run),
  })
  .meta({ id: 'FoundFinding' })
export const searchAnswer = z.object({
  units: z.array(foundUnit),
  findings: z.array(foundFinding),
  /** More were found than are told. */
  more: z.object({ units: z.boolean(), findings: z.boolean() }),
})
type FoundUnit = z.infer<typeof foundUnit>
type FoundFinding = z.infer<typeof foundFinding>

type Variables = SignedInEnv['Variables'] & { readonly scope: Scope }

/** Units whose results or findings the caller may look at: for a unit's people, their own. */
function unitsIn(
  { assessment, participants, units }: Visible,
  account: Account,
  scope: Scope,
  fits: (name: string) => boolean,
): FoundUnit[] {
  const names = new Map(units.map((unit) => [unit.id, unit.name]))
  return participants.flatMap(({ unitId, groupName }) => {
    const name = names.get(unitId) ?? ''
    const own = scope !== 'own-unit' || unitId === account.unit?.id
    return own && fits(name)
      ? [
          {
            assessmentId: assessment.id,
            year: assessment.year,
            unitId,
            unit: name,
            group: groupName,
          },
        ]
      : []
  })
}

/** A line, and why what was done was done, as far as the caller sees it. */
interface LineText {
  readonly line: LedgerLine
  readonly reasons: readonly (string | null)[]
}

/** What is told of a line itself: its number as people write it, and where it stands. */
const placeText = ({ fullNumber, unit, chargedUnit, kindName }: LedgerLine): string =>
  [fullNumber, fullNumber.replace(' ', ''), unit, chargedUnit, kindName].join('\n')

/** The lines the caller may see in which every word occurs, first those of which a word is the whole number, the latest first. */
async function linesIn(
  variables: Variables,
  visible: Visible,
  words: readonly string[],
): Promise<LineText[]> {
  const { deps, account, scope, assessed } = variables
  const { assessment } = visible
  const on = await assessed.on(assessment.id, await dayFor(variables, visible, undefined))
  let lines = ledgerFor(on, visible, account, scope)
  for (const word of words) {
    const mentioned = await findingsMentioning(deps.db, assessment.id, word)
    lines = lines.filter((line) => mentioned.has(line.findingId) || wordsIn(placeText(line), [word]) > 0)
  }
  const isNamed = ({ fullNumber }: LedgerLine): number =>
    Number(words.some((word) => fullNumber.toLowerCase().endsWith(` ${word}`)))
  lines = lines.toSorted(
    (a, b) => isNamed(b) - isNamed(a) || (b.notifiedOn ?? '').localeCompare(a.notifiedOn ?? ''),
  )
  // Whoever sees all of every finding needs no more of them than are shown; of others it matters in which of its texts a word occurs.
  const isPartial = scope === 'own-unit'
  const ids = (isPartial ? lines : lines.slice(0, MOST + 1)).map(({ findingId }) => findingId)
  const stored = new Map((await findFindings(deps.db, ids)).map((finding) => [finding.id, finding]))
  const sightOf = caseSight(visible, account, scope)
  const texts = lines.map((line): LineText => {
    const finding = stored.get(line.findingId)
    const facts = finding ? factsSeen(finding, on.assessed.asOf, visible, sightOf) : []
    return { line, reasons: facts.map(({ row }) => row.reason) }
  })
  return isPartial ? texts.filter((text) => words.every((word) => wordsIn(allOf(text), [word]) > 0)) : texts
}

const allOf = ({ line, reasons }: LineText): string =>
  [placeText(line), line.what, line.source, ...reasons].join('\n')

/** The text of a finding in which most of the words occur. */
function bestText(
  line: LedgerLine,
  reasons: readonly (string | null)[],
  words: readonly string[],
): { field: Field; text: string } {
  const place = line.unit === line.chargedUnit ? line.unit : `${line.chargedUnit} ${line.unit}`
  const texts: { field: Field; text: string | null | undefined }[] = [
    { field: 'what', text: line.what },
    { field: 'number', text: line.fullNumber },
    { field: 'source', text: line.source },
    ...reasons.map((reason) => ({ field: 'reason' as const, text: reason })),
    { field: 'place', text: `${place} ${line.kindName}` },
  ]
  let best = { field: 'what' as Field, text: line.what, count: 0 }
  for (const { field, text } of texts) {
    const count = text ? wordsIn(text, words) : 0
    if (text && count > best.count) best = { field, text, count }
  }
  // A number or a place is shown beside the excerpt anyway.
  return best.field === 'number' || best.field === 'place' ? { field: best.field, text: line.what } : best
}

/** Units and findings, of the assessments given, in which every word occurs. */
export async function searchView(
  variables: Variables,
  inReach: readonly Visible[],
  words: readonly string[],
): Promise<AnswerOf<typeof searchAnswer>> {
  const { account, scope } = variables
  const fits = await unitNameMatch(words)
  const units: FoundUnit[] = []
  const findings: FoundFinding[] = []
  for (const visible of inReach) {
    units.push(...unitsIn(visible, account, scope, fits))
    if (findings.length > MOST) continue
    const lines = await linesIn(variables, visible, words)
    for (const { line, reasons } of lines.slice(0, MOST + 1 - findings.length)) {
      const { field, text } = bestText(line, reasons, words)
      const { findingId, number, fullNumber, unit, chargedUnit, kindName, status, notifiedOn } = line
      const { id: assessmentId, year } = visible.assessment
      const about = { findingId, number, fullNumber, unit, chargedUnit, kindName, status, notifiedOn, field }
      findings.push({ assessmentId, year, ...about, excerpt: excerptOf(text, words) })
    }
  }
  return {
    units: units.slice(0, MOST),
    findings: findings.slice(0, MOST),
    more: { units: units.length > MOST, findings: findings.length > MOST },
  }
}
