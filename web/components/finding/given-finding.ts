import type { answer, api } from '../../api/client.ts'

type Recording = Parameters<(typeof api.assessments)[':id']['findings']['$post']>[0]['json']
type Answered = Awaited<
  ReturnType<typeof answer<Awaited<ReturnType<(typeof api.assessments)[':id']['findings']['$post']>>>>
>

/** A finding that something else leads to, filled in beforehand and sent another way. */
export interface Given {
  /** Tells drafts of it apart. */
  readonly key: string
  readonly kind: string
  readonly unitId: string
  readonly what: string
  readonly source: string
  /** The word of the button. */
  readonly verb: string
  /** Sends it, as a finding at its one unit. */
  readonly record: (
    finding: Omit<Recording, 'unitId' | 'unitIds'> & { readonly unitIds: readonly string[] },
  ) => Promise<Pick<Answered, 'findings'>>
}
