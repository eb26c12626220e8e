import type { InterimBasis } from '#assessment/score/scorecard'

/** What interim standings 阶段成绩 rest on, by group. */
export type Interim = Readonly<Record<string, InterimBasis>>

/** Which results a page was asked for; without a word, the result, or what there is so far where nobody has one. */
export const resultChoices = ['final', 'interim'] as const
export type ResultChoice = (typeof resultChoices)[number] | ''

/** The query that asks for the results so far. */
export const soFar = (interim: boolean): { interim?: '1' } => (interim ? { interim: '1' } : {})

/** The results that a page was asked for. Without a choice those so far are asked for only where no unit has a result. */
export async function fetchResults<
  Answer extends {
    readonly standings: readonly { readonly composite: string | null }[]
    readonly interim: Interim | null
  },
>(choice: ResultChoice, fetch: (interim: boolean) => Promise<Answer>): Promise<Answer> {
  if (choice === 'interim') return fetch(true)
  const result = await fetch(false)
  const isEmpty = result.standings.length > 0 && result.standings.every(({ composite }) => composite === null)
  if (choice === 'final' || !isEmpty) return result
  const known = await fetch(true)
  return known.interim === null ? result : known
}
