import type { AssessmentRow } from '../../db/tables.ts'
import { stageMeaning, type Stage } from '#assessment/vocabulary'
import { Problem } from '../http/problem.ts'
import { stageWord } from './stage-words.ts'

/** How an assessment comes from one stage to the next. */
export interface StageMove {
  readonly from: Stage
  readonly to: Stage
  /** Taken by a person of the office, or only by the approval of a publication. */
  readonly by: 'office' | 'publication'
  readonly needsReason: boolean
}

/**
 * Every legal move. A year goes forward; what was gathered too early is reopened with a reason. Nothing leads back from published: a
 * correction is a new publication. Archived is final, so that an archived year can be relied upon for good.
 */
export const stageMoves: readonly StageMove[] = [
  { from: 'draft', to: 'open', by: 'office', needsReason: false },
  { from: 'open', to: 'aggregating', by: 'office', needsReason: false },
  { from: 'aggregating', to: 'open', by: 'office', needsReason: true },
  { from: 'open', to: 'published', by: 'publication', needsReason: false },
  { from: 'aggregating', to: 'published', by: 'publication', needsReason: false },
  { from: 'published', to: 'archived', by: 'office', needsReason: false },
]

export const movesFrom = (stage: Stage): StageMove[] => stageMoves.filter(({ from }) => from === stage)

/** What is written into an assessment. */
export const activities = [
  'set-up',
  'amend-participants',
  'import',
  'record',
  'progress',
  'correct',
  'hand-in',
  'hand-in-again',
  'verify',
  'external',
  'extend',
  'close-window',
] as const
export type Activity = (typeof activities)[number]

const whileOpen: readonly Activity[] = [
  'amend-participants',
  'import',
  'record',
  'progress',
  'correct',
  'hand-in',
  'hand-in-again',
  'verify',
  'external',
  'extend',
  'close-window',
]

/**
 * The one table of what may be written in which stage.
 * - draft: it is set up, and its participants change freely; a workbook may bring its facts, which opens it
 * - open: everything
 * - aggregating: what is on its way is finished: cases, returned forms, verification, third-party marks, bonus points; no new problem is recorded
 * - published: corrections by decision or reversal, and a third party's corrected marks; they show as drift until published anew
 * - archived: nothing
 */
const written: Readonly<Record<Stage, readonly Activity[]>> = {
  draft: ['set-up', 'import'],
  open: whileOpen,
  aggregating: [
    'amend-participants',
    'import',
    'progress',
    'correct',
    'hand-in-again',
    'verify',
    'external',
    'extend',
    'close-window',
  ],
  published: ['correct', 'external'],
  archived: [],
}

export const mayWrite = ({ stage }: Pick<AssessmentRow, 'stage'>, activity: Activity): boolean =>
  written[stage].includes(activity)

/** Throws `assessment-draft`, `assessment-closed` once results are out, or `stage-forbids`. */
export function requireActivity(assessment: Pick<AssessmentRow, 'stage'>, activity: Activity): void {
  if (mayWrite(assessment, activity)) return
  if (assessment.stage === 'draft') throw new Problem('assessment-draft')
  if (stageMeaning[assessment.stage].running)
    throw new Problem('stage-forbids', {
      words: (language) => ({ stage: stageWord(assessment.stage, language) }),
    })
  throw new Problem('assessment-closed')
}
