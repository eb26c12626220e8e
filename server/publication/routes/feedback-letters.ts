import { Hono } from 'hono'
import { allowIn } from '../../access/allow.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { asDownload, docx, zip } from '../../http/download.ts'
import { Problem } from '../../http/problem.ts'
import { circularPlace } from '../circular-place.ts'
import { letterOf, lettersZip } from '../letters.ts'

const tag = '通报 · Circular'

export const feedbackLetters = new Hono<AppEnv>()
  .get(
    '/:id/publications/:publicationId/letters/:unitId',
    allowIn('circular.read'),
    describe(tag, '一个单位的反馈函（.docx）', 'One unit’s feedback letter as .docx', { 200: docx }),
    async (c) => {
      const { account, scope } = c.var
      const place = await circularPlace(c.var, c.req.param('publicationId'))
      const unitId = c.req.param('unitId')
      const isTheirs = scope === 'assessing-unit' || account.unit?.id === unitId
      const card = place.source.body.scorecards.find((one) => one.unitId === unitId)
      if (!isTheirs || !card) throw new Problem('not-found')
      const bytes = await c.var.inThread('write-document', letterOf(place, card))
      return c.body(new Uint8Array(bytes), 200, asDownload(docx, `反馈函 ${card.unit}.docx`))
    },
  )
  .get(
    '/:id/publications/:publicationId/letters.zip',
    allowIn('circular.write'),
    describe(
      tag,
      '全部单位的反馈函（.zip，响应头 x-letters 为份数）',
      'Every unit’s feedback letter in one zip; the header x-letters tells how many',
      { 200: zip },
    ),
    async (c) => {
      const { deps, inThread, requestId } = c.var
      const place = await circularPlace(c.var, c.req.param('publicationId'))
      const { assessment, scorecards } = place.source.body
      const letters = lettersZip(place, inThread, c.req.raw.signal, (reason) =>
        deps.log.error({ err: reason, requestId }, 'letters failed'),
      )
      return c.body(letters, 200, {
        ...asDownload(zip, `${assessment.name}反馈函.zip`),
        'x-letters': String(scorecards.length),
      })
    },
  )
