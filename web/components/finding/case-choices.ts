import type { CaseStep } from '#assessment/score/finding-course'

/** What somebody can do in a case, as buttons; a decision is three of them. */
export const choices = [
  'submitted',
  'withdrawn',
  'accepted',
  'rejected',
  'upheld',
  'revoked',
  'amended',
  'appealed',
  'extended',
  'reversed',
] as const
export type Choice = (typeof choices)[number]

interface Rule {
  readonly step: CaseStep
  readonly needsReason: boolean
  readonly takesEvidence: boolean
  /** Judgements stand side by side, none of them suggested; corrections stand apart. */
  readonly place: 'judgement' | 'own' | 'correction'
}

const judgement = { place: 'judgement', takesEvidence: true } as const
export const ruleOf: Record<Choice, Rule> = {
  submitted: { step: 'submitted', needsReason: true, takesEvidence: true, place: 'own' },
  withdrawn: { step: 'withdrawn', needsReason: false, takesEvidence: false, place: 'own' },
  appealed: { step: 'appealed', needsReason: true, takesEvidence: true, place: 'own' },
  accepted: { ...judgement, step: 'accepted', needsReason: false },
  rejected: { ...judgement, step: 'rejected', needsReason: true },
  upheld: { ...judgement, step: 'decided', needsReason: true },
  revoked: { ...judgement, step: 'decided', needsReason: true },
  amended: { ...judgement, step: 'decided', needsReason: true },
  extended: { step: 'extended', needsReason: true, takesEvidence: true, place: 'correction' },
  reversed: { step: 'reversed', needsReason: true, takesEvidence: true, place: 'correction' },
}

/** The buttons that the steps open to somebody stand for. */
export const choicesIn = (legal: readonly CaseStep[]): Choice[] =>
  choices.filter((choice) => legal.includes(ruleOf[choice].step))

/** The form that an address asks for; a decision is never chosen beforehand. */
export const choiceNamed = (name: string): Choice | null =>
  choices.find((choice) => choice === name && ruleOf[choice].place === 'own') ?? null
