import { Hono } from 'hono'
import { z } from 'zod'
import { publicationStates } from '../../../db/publications.ts'
import { allow } from '../../access/allow.ts'
import { visibleAssessment } from '../../access/visibility.ts'
import { composeCircular } from '../../exchange/circular/compose.ts'
import { variants, type OfficialDocument } from '../../exchange/circular/document.ts'
import { faultWords } from '../../exchange/circular/fault-words.ts'
import { checkTemplate, wordsOf } from '../../exchange/circular/fill.ts'
import { composeNotice } from '../../exchange/circular/letter.ts'
import { writeDocx } from '../../exchange/circular/to-docx.ts'
import { writeHtml } from '../../exchange/circular/to-html.ts'
import { writePublicationTable } from '../../exchange/circular/publication-table.ts'
import { Problem } from '../../http/problem.ts'
import {
  circularEntries,
  circularPlace,
  requireSound,
  templateOf,
  type CircularPlace,
} from '../circular-place.ts'
import { documentSchema, templateSchema } from '../circular-wire.ts'
import type { AppEnv, SignedInEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { asDownload, docx, xlsx } from '../../http/download.ts'
import { validated } from '../../http/validated.ts'

const tag = '通报 · Circular'

const asked = z.object({ variant: z.enum(variants).default('plain') })
const fault = z.object({ part: z.string(), paragraph: z.int(), code: z.string(), message: z.string() })
const answer = z
  .object({
    publicationId: z.string(),
    number: z.int(),
    state: z.enum(publicationStates),
    asOf: z.string(),
    /** What it is: the whole circular, or the notice of the caller's own result. */
    kind: z.enum(['circular', 'notice']),
    document: documentSchema,
    /** The same as HTML, everything escaped. */
    html: z.string(),
    /** The units that have a letter; empty for those who see only their own result. */
    units: z.array(z.object({ id: z.string(), name: z.string() })),
  })
  .meta({ id: 'Circular' })
const listed = z.object({
  id: z.string(),
  number: z.int(),
  asOf: z.string(),
  state: z.enum(publicationStates),
  preparedAt: z.string(),
  approvedAt: z.string().nullable(),
})

/** What the caller gets to read: the circular, or the notice where the table is not public. */
async function documentFor(
  { deps }: SignedInEnv['Variables'],
  { visible, source, ownOnly }: CircularPlace,
): Promise<OfficialDocument> {
  if (ownOnly) return composeNotice(source.body, ownOnly, source)
  const office = visible.units.find(({ id }) => id === visible.assessment.unitId)
  if (!office) throw new Problem('not-found')
  const { template } = await templateOf(deps.db, office)
  requireSound(template, source)
  return composeCircular(template, source)
}

export const circular = new Hono<AppEnv>()
  .get(
    '/:id/circulars',
    allow('circular.read'),
    describe(tag, '可以出通报的发布', 'Publications that have a circular', {
      200: z.object({ items: z.array(listed) }),
    }),
    async (c) => {
      const { deps, account, scope } = c.var
      const { assessment } = await visibleAssessment(deps.db, account, scope, c.req.param('id'))
      const entries = await circularEntries(deps.db, scope, assessment.id)
      return c.json(
        {
          items: entries.map((entry) => ({
            id: entry.id,
            number: entry.number,
            asOf: entry.asOf,
            state: entry.state,
            preparedAt: entry.preparedAt,
            approvedAt: entry.step?.type === 'approved' ? entry.step.recordedAt : null,
          })),
        },
        200,
      )
    },
  )
  .get(
    '/:id/publications/:publicationId/circular',
    allow('circular.read'),
    describe(tag, '通报的内容（各要素和 HTML）', 'The circular: its parts and the same as HTML', {
      200: answer,
    }),
    validated('query', asked),
    async (c) => {
      const place = await circularPlace(c.var, c.req.param('id'), c.req.param('publicationId'))
      const document = await documentFor(c.var, place)
      const { entry, source, ownOnly } = place
      return c.json(
        {
          publicationId: entry.id,
          number: entry.number,
          state: entry.state,
          asOf: entry.asOf,
          kind: ownOnly ? ('notice' as const) : ('circular' as const),
          document,
          html: writeHtml(document, ownOnly ? 'plain' : c.req.valid('query').variant),
          units:
            c.var.scope === 'assessing-unit'
              ? source.body.scorecards.map(({ unitId, unit }) => ({ id: unitId, name: unit }))
              : [],
        },
        200,
      )
    },
  )
  .get(
    '/:id/publications/:publicationId/circular.docx',
    allow('circular.read'),
    describe(tag, '下载通报（普通、套打、红头）', 'The circular as .docx: plain, overprint or red-headed', {
      200: docx,
    }),
    validated('query', asked),
    async (c) => {
      const place = await circularPlace(c.var, c.req.param('id'), c.req.param('publicationId'))
      const document = await documentFor(c.var, place)
      const title = `${place.source.body.assessment.name}${place.ownOnly ? '结果告知' : '结果的通报'}`
      const bytes = await writeDocx(document, place.ownOnly ? 'plain' : c.req.valid('query').variant, {
        title,
        creator: place.source.issuer,
      })
      return c.body(new Uint8Array(bytes), 200, asDownload(docx, `${title}.docx`))
    },
  )
  .post(
    '/:id/publications/:publicationId/circular/preview',
    allow('circular.write'),
    describe(
      tag,
      '用未保存的文字预览通报',
      'The circular with a text not saved yet, and what is wrong in it',
      {
        200: z.object({ html: z.string().nullable(), faults: z.array(fault) }),
      },
    ),
    validated('json', z.object({ template: templateSchema, variant: z.enum(variants) })),
    async (c) => {
      const { template, variant } = c.req.valid('json')
      const { source } = await circularPlace(c.var, c.req.param('id'), c.req.param('publicationId'))
      const faults = checkTemplate(template, wordsOf(source.body)).map((one) => ({
        part: one.part,
        paragraph: one.paragraph,
        code: one.code,
        message: faultWords(one, c.var.language),
      }))
      const html = faults.length > 0 ? null : writeHtml(composeCircular(template, source), variant)
      return c.json({ html, faults }, 200)
    },
  )
  .get(
    '/:id/publications/:publicationId/ranking.xlsx',
    allow('circular.read'),
    describe(tag, '发布的成绩表（.xlsx）', 'The published ranking as a workbook', { 200: xlsx }),
    async (c) => {
      const { source, ownOnly } = await circularPlace(c.var, c.req.param('id'), c.req.param('publicationId'))
      if (ownOnly) throw new Problem('table-not-public')
      const bytes = await writePublicationTable(source.body)
      return c.body(new Uint8Array(bytes), 200, asDownload(xlsx, `${source.body.assessment.name}成绩表.xlsx`))
    },
  )
