import { answer, api, ApiProblem, type Answer } from '../../api/client.ts'

type Duplicates = (typeof api.assessments)[':id']['findings']['duplicates']['$post']
export type Similar = Answer<Duplicates>['items'][number]

/** Findings that one about to be recorded may repeat, at any of its units. */
export async function findSimilar(
  id: string,
  about: { kind: string; what: string; notifiedOn: string },
  unitIds: readonly string[],
  signal: AbortSignal,
): Promise<Similar[]> {
  const found = await Promise.all(
    unitIds.map((unitId) =>
      answer(
        api.assessments[':id'].findings.duplicates.$post(
          { param: { id }, json: { ...about, unitId } },
          { init: { signal } },
        ),
      ),
    ),
  )
  return found.flatMap(({ items }) => items)
}

/** The findings that a refusal names; null when it was refused for another reason. */
export function similarIn(reason: unknown): Similar[] | null {
  if (!(reason instanceof ApiProblem) || reason.code !== 'finding-duplicate') return null
  return (reason.body as { similar?: Similar[] }).similar ?? []
}
