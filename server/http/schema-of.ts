import type { z } from 'zod'

/** A type as a tree of its members, the optional ones marked and nothing read-only, so that two can be compared. */
type Shape<T> = T extends readonly (infer Item)[]
  ? Shape<Item>[]
  : T extends object
    ? { -readonly [Key in keyof T]-?: Shape<T[Key]> | (object extends Pick<T, Key> ? symbol : never) }
    : T

/** Whether two types allow exactly the same values. */
export type Same<A, B> = [Shape<A>, Shape<B>] extends [Shape<B>, Shape<A>] ? true : false

/**
 * The schema of a type that is written elsewhere, such as the engine's, which knows no schemas: `schemaOf<Scorecard>()(z.object(…))`. Does not
 * compile when the two allow different values.
 */
export const schemaOf =
  <T>() =>
  <Schema extends z.ZodType>(schema: Same<z.output<Schema>, T> extends true ? Schema : never): Schema =>
    schema

type ReadOnly<T> = T extends readonly (infer Item)[]
  ? readonly ReadOnly<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: ReadOnly<T[Key]> }
    : T

/** What a view gives: a value that its schema allows, read-only all the way down, so that the engine's own values fit in. */
export type AnswerOf<Schema extends z.ZodType> = ReadOnly<z.output<Schema>>
