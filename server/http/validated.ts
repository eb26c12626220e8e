import type { MiddlewareHandler, ValidationTargets } from 'hono'
import { describeRoute, resolver, validator } from 'hono-openapi'
import type { z } from 'zod'
import type { Language } from '#assessment/language'
import { problemOfParts, type LocatedError, type Problem } from './problem.ts'
import type { AppEnv } from './context.ts'
import { unstorableIn } from './storable.ts'

const messages: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  invalid_type: { 'zh-CN': '缺少这一项，或者类型不符。', en: 'Missing, or of the wrong type.' },
  too_small: { 'zh-CN': '太短或太小。', en: 'Too short or too small.' },
  too_big: { 'zh-CN': '太长或太大。', en: 'Too long or too large.' },
  invalid_format: { 'zh-CN': '格式不符。', en: 'Not in the required format.' },
  invalid_value: { 'zh-CN': '不在可选的范围内。', en: 'Not one of the possible values.' },
  no_text: {
    'zh-CN': '含有不能保存的字符（U+0000 或半个代理对）。',
    en: 'Holds what is no text (U+0000 or half a surrogate pair).',
  },
  unrecognized_keys: { 'zh-CN': '多出了不认识的内容。', en: 'Contains something unknown.' },
}
const otherwise: Readonly<Record<Language, string>> = {
  'zh-CN': '内容不符合要求。',
  en: 'Does not meet the requirements.',
}

interface Issue {
  readonly path?: readonly unknown[]
  readonly code?: unknown
}

const keyOf = (part: unknown): string =>
  String(typeof part === 'object' && part !== null && 'key' in part ? part.key : part)

const located = ({ path, code }: Issue, language: Language): LocatedError => ({
  path: (path ?? []).map(keyOf).join('.'),
  code: String(code ?? 'invalid').replaceAll('_', '-'),
  message: (messages[String(code)] ?? otherwise)[language],
})

/** A part of a request that holds what no text may hold; an empty path is the address or the whole. */
export const invalidAt = (path: string): Problem =>
  invalid([{ path: path === '' ? [] : [path], code: 'no_text' }])

/** What is wrong with a request, place by place. */
export const invalid = (issues: readonly Issue[]): Problem =>
  problemOfParts('invalid-request', issues, located)

/** Parses one part of the request by a schema and puts it into OpenAPI; throws 400 `invalid-request` with the places. */
export const validated = <Schema extends z.ZodType, Target extends keyof ValidationTargets>(
  target: Target,
  schema: Schema,
) =>
  validator(target, schema, (result) => {
    if (!result.success) throw invalid(result.error as readonly Issue[])
  })

/** Puts a JSON body into OpenAPI and tells callers its shape; whoever takes it reads it, where it may take long. */
export const readElsewhere = <Schema extends z.ZodType>(schema: Schema) =>
  describeRoute({
    requestBody: { content: { 'application/json': { schema: resolver(schema) } } },
  } as Parameters<typeof describeRoute>[0]) as unknown as MiddlewareHandler<
    AppEnv,
    string,
    { in: { json: z.input<Schema> }; out: { json: z.output<Schema> } }
  >

/** The same for a body that was read another way. */
export function parsedBy<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  requireStorable(value)
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw invalid(result.error.issues)
}

/** Throws `invalid-request` where a value holds what no text may hold. */
export function requireStorable(value: unknown): void {
  const path = unstorableIn(value)
  if (path !== null) throw invalidAt(path)
}
