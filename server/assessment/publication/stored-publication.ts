import { divide, exactly, whole, type Decimal, type Hundredths } from '../rational.ts'
import { pointsOf } from '../typed.ts'
import { kindsIn, kindsOf, type LedgerKind, type Scheme, type Severity, type Veto } from '../rule/scheme.ts'
import { schemeFromStored } from '../rule/stored-scheme.ts'
import type {
  AdjustmentScore,
  ComponentScore,
  ExternalSteps,
  ExternalWindowStep,
  GradeReason,
  LedgerEntry,
  LedgerSteps,
  PendingReason,
  Scorecard,
  Standing,
  VerifiedSteps,
  WindowStep,
} from '../score/scorecard.ts'
import type { PublicationBody } from './publication.ts'

/*
 * Publications as they were frozen before a rule could have severities, windows, quotas and adjustments; read here and nowhere else. Literal: this
 * form never changes any more.
 */

type FormerEntry = Omit<
  LedgerEntry,
  'effect' | 'severity' | 'area' | 'countsOn' | 'window' | 'fullPoints' | 'cutBy'
> & { readonly lostOn: string | null }

interface FormerLedgerSteps {
  readonly method: 'deductions'
  readonly base: Hundredths
  readonly floor: Hundredths
  readonly lost: Hundredths
  readonly raw: Hundredths
  readonly kinds: readonly Omit<LedgerSteps['kinds'][number], 'effect'>[]
  readonly findings: readonly FormerEntry[]
}

interface FormerVerifiedSteps {
  readonly method: 'verified-marks'
  readonly windows: readonly (Omit<WindowStep, 'share' | 'applies' | 'marks'> & {
    readonly marks: readonly Omit<WindowStep['marks'][number], 'observation'>[]
  })[]
}

type FormerExternalSteps = Pick<ExternalSteps, 'method' | 'full'> &
  Pick<ExternalWindowStep, 'marks' | 'countedAsZero' | 'dimensions'>

type FormerReason =
  | Exclude<PendingReason, { code: 'external-missing' }>
  | { code: 'external-missing'; dimension: string | null }

type FormerComponent = Omit<ComponentScore, 'steps' | 'pending'> & {
  readonly pending: readonly FormerReason[]
  readonly steps: FormerLedgerSteps | FormerVerifiedSteps | FormerExternalSteps
}

type FormerCard = Pick<
  Scorecard,
  'unitId' | 'unit' | 'group' | 'asOf' | 'composite' | 'exact' | 'grade' | 'rank' | 'rankedOf'
> & {
  readonly components: readonly FormerComponent[]
  readonly bonus: Decimal | null
  readonly adjustments: readonly (
    | { readonly code: 'veto'; readonly kind: string; readonly from: string }
    | { readonly code: 'quota'; readonly allowed: number; readonly from: string }
  )[]
}

type FormerBody = Omit<PublicationBody, 'format' | 'scheme' | 'scorecards' | 'interim'> & {
  readonly format: 1
  readonly scheme: unknown
  readonly scorecards: readonly FormerCard[]
}

function entryFrom({ lostOn, ...entry }: FormerEntry, { severities }: LedgerKind): LedgerEntry {
  const fullPoints = (severities[0] as Severity).points
  return {
    ...entry,
    effect: 'loss',
    severity: null,
    area: null,
    countsOn: lostOn,
    window: null,
    fullPoints,
    cutBy: lostOn !== null && entry.points < fullPoints ? 'kind' : null,
  }
}

function ledgerFrom(
  { base, floor, lost, raw, kinds, findings }: FormerLedgerSteps,
  score: Decimal | null,
  kindOf: ReadonlyMap<string, LedgerKind>,
): LedgerSteps {
  const year = { key: null, name: null, share: '1.0000', end: null }
  return {
    method: 'deductions',
    base,
    floor,
    full: null,
    ceiling: base,
    lost,
    gained: 0,
    windows: [{ ...year, lost, gained: 0, raw, value: Math.max(floor, raw), score: score as Decimal }],
    kinds: kinds.map((kind) => ({ ...kind, effect: 'loss' })),
    areas: [],
    findings: findings.map((entry) => entryFrom(entry, kindOf.get(entry.kind) as LedgerKind)),
  }
}

const verifiedFrom = ({ method, windows }: FormerVerifiedSteps): VerifiedSteps => ({
  method,
  windows: windows.map((window) => ({
    ...window,
    share: exactly(divide(whole(1), whole(windows.length))),
    applies: true,
    marks: window.marks.map((mark) => ({ ...mark, observation: null })),
  })),
})

const externalFrom = ({
  method,
  full,
  marks,
  countedAsZero,
  dimensions,
}: FormerExternalSteps): ExternalSteps => ({
  method,
  full,
  windows: [{ key: null, name: null, share: '1', marks, applies: true, countedAsZero, dimensions }],
})

function stepsFrom(
  { steps, score }: FormerComponent,
  kindOf: ReadonlyMap<string, LedgerKind>,
): ComponentScore['steps'] {
  switch (steps.method) {
    case 'deductions':
      return ledgerFrom(steps, score, kindOf)
    case 'verified-marks':
      return verifiedFrom(steps)
    case 'external':
      return externalFrom(steps)
  }
}

/** A bonus was frozen as one number, without its entries. */
function adjustmentFrom({ adjustments }: Scheme, bonus: Decimal | null): AdjustmentScore | null {
  if (!adjustments) return null
  const gained = bonus === null ? 0 : (pointsOf(bonus) ?? 0)
  return {
    lost: 0,
    gained,
    kinds: adjustments.kinds.map(({ key, name, effect, cap }) => ({
      key,
      name,
      effect,
      count: 0,
      points: gained,
      cap,
    })),
    areas: [],
    findings: [],
    value: bonus === null ? null : `+${bonus}`,
    unlocked: bonus === null ? null : gained > 0,
    counted: bonus,
  }
}

function reasonFrom(reason: FormerCard['adjustments'][number], kinds: readonly LedgerKind[]): GradeReason {
  if (reason.code === 'quota') return { ...reason, grade: reason.from }
  const kind = kinds.find(({ name, vetoes }) => name === reason.kind && vetoes.length > 0) as LedgerKind
  return { ...reason, veto: kind.vetoes[0] as Veto }
}

function cardFrom(scheme: Scheme, { bonus, adjustments, ...card }: FormerCard): Scorecard {
  const kindOf = kindsOf(scheme)
  const components = card.components.map((component): ComponentScore => ({
    ...component,
    pending: component.pending.map((reason) =>
      reason.code === 'external-missing' ? { ...reason, window: null } : reason,
    ),
    steps: stepsFrom(component, kindOf),
  }))
  const lostUnder = new Set(
    components.flatMap(({ steps }) =>
      steps.method === 'deductions'
        ? steps.findings.flatMap(({ countsOn, kind }) => (countsOn === null ? [] : [kind]))
        : [],
    ),
  )
  return {
    ...card,
    scale: scheme.scale,
    components,
    notApplicable: [],
    adjustment: adjustmentFrom(scheme, bonus),
    reasons: adjustments.map((reason) => reasonFrom(reason, kindsIn(scheme))),
    vetoes: kindsIn(scheme).flatMap(({ key, name, vetoes }) =>
      lostUnder.has(key) ? vetoes.map((veto) => ({ kind: name, veto })) : [],
    ),
  }
}

function standingFrom(scheme: Scheme, standing: Standing, card: Scorecard | undefined): Standing {
  const hasVetoes = kindsIn(scheme).some(({ vetoes }) => vetoes.length > 0)
  return {
    ...standing,
    ...(scheme.adjustments && { adjustment: card?.adjustment?.value ?? null }),
    ...(hasVetoes && { vetoes: [...new Set(card?.vetoes.map(({ kind }) => kind))] }),
  }
}

/**
 * What a publication froze, out of its JSON, in today's form or in the one before it; `given` are the points recorded under a bonus of then.
 * What was frozen stands as it was frozen.
 */
export function publicationFromStored(json: unknown, given: readonly Hundredths[] = []): PublicationBody {
  const body = json as PublicationBody | FormerBody
  const scheme = schemeFromStored(body.scheme, given)
  if (body.format !== 1) return { ...body, scheme }
  const scorecards = body.scorecards.map((card) => cardFrom(scheme, card))
  const byUnit = new Map(scorecards.map((card) => [card.unitId, card]))
  return {
    ...body,
    format: 2,
    scheme,
    scorecards,
    interim: null,
    standings: body.standings.map((row) => standingFrom(scheme, row, byUnit.get(row.unitId))),
  }
}
