import type { Day } from '../../day.ts'
import type { Facts } from '../../score/facts.ts'
import type { Decimal } from '../../rational.ts'
import type { Scheme } from '../../rule/scheme.ts'
import type { Assessed, PendingReason } from '../../score/scorecard.ts'
import type { Stage } from '../../vocabulary.ts'
import type { WorkCalendar } from '../../working-days.ts'

export interface ToPublish {
  /** 考核进程. */
  readonly stage: Stage
  readonly scheme: Scheme
  readonly facts: Facts
  readonly calendar: WorkCalendar
  readonly assessed: Assessed
}

interface OfUnit {
  readonly unitId: string
  readonly unit: string
}

interface OfFinding extends OfUnit {
  readonly findingId: string
  readonly number: string
  readonly what: string
  /** In points of the composite. */
  readonly worth: Decimal
}

/** One thing found before publication, with what leads to its place. */
export type CheckItem =
  | { readonly code: 'wrong-stage'; readonly stage: Stage }
  /** Nothing counts towards the result so far. */
  | { readonly code: 'basis-empty' }
  | ({
      readonly code: 'pending-part'
      readonly component: string
      readonly name: string
      readonly reason: Exclude<PendingReason, { code: 'marks-missing' }>
    } & OfUnit)
  | ({
      readonly code: 'unverified-leaves'
      readonly component: string
      readonly name: string
      readonly window: string
      readonly missing: number
      readonly of: number
    } & OfUnit)
  | ({ readonly code: 'undecided-appeal' } & OfFinding)
  | ({ readonly code: 'unreviewed-rectification' } & OfFinding)
  | {
      readonly code: 'window-open'
      readonly component: string
      readonly name: string
      readonly window: string
      readonly windowName: string
    }
  /** Findings of a unit that it may still appeal, and until when at the latest. */
  | ({ readonly code: 'appeal-period-open'; readonly count: number; readonly until: Day } & OfUnit)
  /** Findings whose deadline was counted in working days of a year whose holidays are not announced. */
  | {
      readonly code: 'unannounced-deadlines'
      readonly year: number
      readonly count: number
      readonly unit: string
      readonly findingId: string
      readonly number: string
    }
  /** `identical`: more than half of a ranking have the same mark; `narrow`: the marks hardly differ beside the other parts'. */
  | {
      readonly code: 'marks-alike'
      readonly component: string
      readonly name: string
      readonly group: string | null
      readonly how: 'identical' | 'narrow'
      readonly mark: Decimal | null
      readonly count: number
      readonly of: number
    }
  /** `grade` now, `other` with one problem more or less. `distance` is signed: how far above the line. */
  | ({
      readonly code: 'near-grade-edge'
      readonly composite: Decimal
      readonly grade: string
      readonly other: string
      readonly line: Decimal
      readonly distance: Decimal
    } & OfUnit)
