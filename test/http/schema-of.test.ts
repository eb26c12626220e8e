import { expect, it } from 'vitest'
import { z } from 'zod'
import { schemaOf, type Same } from '../../server/http/schema-of.ts'

interface Mark {
  readonly unit: string
  readonly marks: readonly (string | null)[]
  readonly by?: string
}
interface WithNumber extends Mark {
  readonly number: number
}
interface WithReason extends Mark {
  readonly reason?: string
}
interface Unsigned extends Omit<Mark, 'by'> {
  readonly by: string
}

/** What the compiler says; a wrong one here does not compile. */
const verdicts: readonly boolean[] = [
  true satisfies Same<Mark, { unit: string; marks: (string | null)[]; by?: string }>,
  false satisfies Same<Mark, WithNumber>,
  false satisfies Same<WithReason, Mark>,
  false satisfies Same<Mark, Unsigned>,
  false satisfies Same<Mark, Omit<Mark, 'marks'> & { marks: string[] }>,
]

it('a schema of a type is taken only where both allow the same values', () => {
  const schema = schemaOf<Mark>()(
    z.object({ unit: z.string(), marks: z.array(z.string().nullable()), by: z.string().optional() }),
  )
  expect(schema.parse({ unit: '市水务局', marks: ['1', null] })).toEqual({
    unit: '市水务局',
    marks: ['1', null],
  })
  expect(verdicts).toEqual([true, false, false, false, false])
})
