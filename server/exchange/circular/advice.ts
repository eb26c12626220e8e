import { compare, decimal, exactly, format, hundredths, subtract, sum } from '../../assessment/rational.ts'
import type { Decimal, Rational } from '../../assessment/rational.ts'
import {
  gradeLineFor,
  type Indicator,
  isLoss,
  leavesOf,
  ledgersOf,
  type Scheme,
  verifiedComponents,
} from '../../assessment/rule/scheme.ts'
import { triggerMeaning } from '../../assessment/rule/trigger.ts'
import {
  statusMeaning,
  type ComponentScore,
  type LedgerSteps,
  type Scorecard,
  type VerifiedSteps,
} from '../../assessment/score/scorecard.ts'
import { dayInChinese } from './document.ts'

/** Marks missed on one indicator in one window. */
export interface MissedMarks {
  readonly window: string
  readonly leaf: Indicator | null
  readonly full: Decimal
  readonly marks: Decimal
  readonly missed: Rational
}

const most = 3
const points = (value: number): string => format(hundredths(value))

/** Indicators whose verified marks fell short of full marks, the dearest first. */
export function missedMarks(scheme: Scheme, { key, steps }: ComponentScore): MissedMarks[] {
  const component = verifiedComponents(scheme).find((one) => one.key === key)
  const leaves = component ? leavesOf(component.indicators) : []
  const named = new Map(leaves.map((leaf) => [leaf.key, leaf]))
  return (steps as VerifiedSteps).windows
    .flatMap(({ name, marks }) =>
      marks.flatMap((mark): MissedMarks[] => {
        if (mark.marks === null || mark.marks === 'not-applicable') return []
        const missed = subtract(decimal(mark.full), decimal(mark.marks))
        if (missed.n <= 0n) return []
        const leaf = mark.leaf === null ? null : (named.get(mark.leaf) ?? null)
        return [{ window: name, leaf, full: mark.full, marks: mark.marks, missed }]
      }),
    )
    .sort((a, b) => compare(b.missed, a.missed))
}

function ofDeductions(
  scheme: Scheme,
  { key, name }: ComponentScore,
  steps: LedgerSteps,
  text: Told['text'],
): string[] {
  const atRisk = steps.findings
    .filter(({ atRisk, status }) => atRisk > 0 && statusMeaning[status].undecided)
    .map(
      ({ number, what, deadline, atRisk, status }) =>
        `${number}号问题“${text(what)}”${status === 'pending-review' ? '已报送整改，待核查' : `须在${deadline === null ? '整改期限' : dayInChinese(deadline)}前整改到位并报送`}；未通过的，将扣${points(atRisk)}分。`,
    )
  const kinds = ledgersOf(scheme).find((one) => one.key === key)?.ledger.kinds ?? []
  const lost = kinds.flatMap((kind) => {
    const findings = steps.findings.filter(
      (entry) => entry.kind === kind.key && isLoss(entry) && entry.countsOn !== null,
    )
    if (findings.length === 0) return []
    const total = format(sum(findings.map((one) => hundredths(one.points))))
    const head = `${name}中“${kind.name}”扣分${findings.length}项，共${total}分。`
    return [`${head}${triggerMeaning[kind.trigger].advice}`]
  })
  return [...atRisk, ...lost]
}

function ofMarks(scheme: Scheme, score: ComponentScore): string[] {
  return missedMarks(scheme, score)
    .filter(({ leaf }) => leaf !== null)
    .slice(0, most)
    .map(({ window, leaf, missed }) => {
      const wanted = leaf?.evidence ?? leaf?.scoring ?? null
      return `${score.name}${window}“${leaf?.name ?? ''}”失${exactly(missed)}分${wanted === null ? '，要对照计分标准补齐。' : `，要对照计分标准补齐：${wanted.replace(/[。；]$/, '')}。`}`
    })
}

function ofComponent(scheme: Scheme, score: ComponentScore, { text }: Told): string[] {
  const { steps, name, loss } = score
  switch (steps.method) {
    case 'deductions':
      return ofDeductions(scheme, score, steps, text)
    case 'verified-marks':
      return ofMarks(scheme, score)
    case 'external':
      return loss === null || Number(loss) === 0
        ? []
        : [`${name}失分折合综合成绩${loss}分，要对照评估意见逐项核对，列出能改的事项限期改完。`]
  }
}

function nextGrade({ grades }: Scheme, { composite, group }: Scorecard): string[] {
  if (composite === null) return []
  const above = grades
    .flatMap((grade) => {
      const { from } = gradeLineFor(grade, group)
      return from === null
        ? []
        : [{ name: grade.name, short: subtract(hundredths(from), decimal(composite)) }]
    })
    .filter(({ short }) => short.n > 0n)
    .sort((a, b) => compare(a.short, b.short))
  return above.slice(0, 1).map(({ name, short }) => `综合成绩距${name}等次还差${format(short)}分。`)
}

/** How much is told: so many pieces at most, and a problem in so many words. */
interface Told {
  readonly most: number
  readonly text: (what: string) => string
}

/** What a unit should mend, derived from its scorecard: what can still be saved first, then what cost it points. */
export function adviceFor(scheme: Scheme, card: Scorecard, told: Told): string[] {
  const found = card.components.flatMap((score) => ofComponent(scheme, score, told)).slice(0, told.most)
  return found.length === 0
    ? ['各部分没有需要整改的失分，要保持现有做法。']
    : [...found, ...nextGrade(scheme, card)]
}
