import { describeRoute, resolver } from 'hono-openapi'
import { z } from 'zod'

/** Response bodies by status: a schema for JSON, a media type for a file, null for none. */
type Answers = Readonly<Record<number, z.ZodType | string | null>>

const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string(),
    requestId: z.string().optional(),
    errors: z
      .array(
        z.object({
          path: z.string().optional(),
          sheet: z.string().optional(),
          row: z.int().nullable().optional(),
          column: z.string().nullable().optional(),
          code: z.string(),
          message: z.string(),
        }),
      )
      .optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457' })

const contentOf = (answer: z.ZodType | string) =>
  typeof answer === 'string'
    ? { [answer]: { schema: { type: 'string' as const, format: 'binary' } } }
    : { 'application/json': { schema: resolver(answer) } }

/** Describes a route in the OpenAPI document, in both languages; every failure is a problem. */
export const describe = (tag: string, zh: string, en: string, answers: Answers) =>
  describeRoute({
    tags: [tag],
    summary: `${zh} · ${en}`,
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, answer]) => [
          status,
          {
            description: Number(status) < 300 ? '成功 · Success' : '未变化 · Not changed',
            ...(answer === null ? {} : { content: contentOf(answer) }),
          },
        ]),
      ),
      default: {
        description: '出错 · Problem',
        content: { 'application/problem+json': { schema: resolver(problemSchema) } },
      },
    },
  })
