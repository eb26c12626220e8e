import { z } from 'zod'
import type { TemplatePart } from '../exchange/circular/template.ts'

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
