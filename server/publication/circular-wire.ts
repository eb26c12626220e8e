import { z } from 'zod'
import type { OfficialDocument } from '../exchange/circular/document.ts'
import type { TemplatePart } from '../exchange/circular/template.ts'
import { schemaOf } from '../http/schema-of.ts'

const longest: Readonly<Partial<Record<TemplatePart, number>>> = { body: 20_000 }

const part = (name: TemplatePart) => z.string().max(longest[name] ?? 500)
export const templateSchema = z
  .object({
    mark: part('mark'),
    number: part('number'),
    title: part('title'),
    addressee: part('addressee'),
    body: part('body'),
    attachment: part('attachment'),
    signer: part('signer'),
    reportedTo: part('reportedTo'),
    copiedTo: part('copiedTo'),
    printedBy: part('printedBy'),
  } satisfies Record<TemplatePart, z.ZodType>)
  .meta({ id: 'CircularTemplate', description: '通报文字；正文一行一段，{{…}} 为字段' })

const blockOf = <Type extends string, Parts extends z.ZodRawShape>(type: Type, parts: Parts) =>
  z.object({ type: z.literal(type), ...parts })

/** 公文 as data, block by block. */
export const documentSchema = schemaOf<OfficialDocument>()(
  z
    .object({
      mark: z.string(),
      number: z.string(),
      blocks: z.array(
        z.discriminatedUnion('type', [
          blockOf('title', { lines: z.array(z.string()) }),
          blockOf('addressee', { text: z.string() }),
          blockOf('heading', {
            level: z.union([z.literal(1), z.literal(2)]),
            text: z.string(),
            run: z.string(),
          }),
          blockOf('paragraph', { text: z.string() }),
          blockOf('attachment-note', { text: z.string() }),
          blockOf('signature', { issuer: z.string(), date: z.string() }),
          blockOf('attachment', { label: z.string(), title: z.string() }),
          blockOf('caption', { text: z.string() }),
          blockOf('table', {
            columns: z.array(
              z.object({
                name: z.string(),
                share: z.number(),
                align: z.enum(['left', 'center', 'right']),
              }),
            ),
            rows: z.array(z.array(z.string())),
          }),
          blockOf('note', { text: z.string() }),
          blockOf('imprint', { lines: z.array(z.string()), printed: z.tuple([z.string(), z.string()]) }),
        ]),
      ),
    })
    .meta({ id: 'OfficialDocument', description: '公文各要素' }),
)
