import { Readable } from 'node:stream'
import { Hono } from 'hono'
import yazl from 'yazl'
import type { PublicationBody } from '#assessment/publication/publication'
import type { Scorecard } from '#assessment/score/scorecard'
import { allow } from '../../access/allow.ts'
import { composeLetter } from '../../exchange/circular/letter.ts'
import { writeDocx } from '../../exchange/circular/to-docx.ts'
import { Problem } from '../../http/problem.ts'
import { circularPlace, type CircularPlace } from '../circular-place.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { asDownload, docx, zip } from '../../http/download.ts'

const tag = '通报 · Circular'

const letterOf = ({ source }: CircularPlace, card: Scorecard): Promise<Buffer> =>
  writeDocx(composeLetter(source.body, card, source), 'plain', {
    title: `${source.body.assessment.name}结果反馈函（${card.unit}）`,
    creator: source.issuer,
  })

/** Names of the letters in the zip, numbered in unit order; the folder's name tells how many have gone through. */
function* entriesOf({ scorecards }: PublicationBody): Generator<{ name: string; card: Scorecard }> {
  for (const [index, card] of scorecards.entries()) {
    const unit = card.unit.replace(/[\\/:*?"<>|\p{Cc}]/gu, ' ').trim()
    yield { name: `反馈函/${String(index + 1).padStart(3, '0')} ${unit}.docx`, card }
  }
}

/** One letter after the other, each written when the one before has gone out; stops when nobody reads on. */
async function fillZip(file: yazl.ZipFile, place: CircularPlace, stopped: () => boolean): Promise<void> {
  for (const { name, card } of entriesOf(place.source.body)) {
    if (stopped()) return
    // A .docx is a zip already.
    file.addBuffer(await letterOf(place, card), name, { compress: false })
    await new Promise((resolve) => setImmediate(resolve))
  }
  file.end()
}

export const feedbackLetters = new Hono<AppEnv>()
  .get(
    '/:id/publications/:publicationId/letters/:unitId',
    allow('circular.read'),
    describe(tag, '一个单位的反馈函（.docx）', 'One unit’s feedback letter as .docx', { 200: docx }),
    async (c) => {
      const place = await circularPlace(c.var, c.req.param('id'), c.req.param('publicationId'))
      const unitId = c.req.param('unitId')
      if (c.var.scope !== 'assessing-unit' && c.var.account.unit?.id !== unitId)
        throw new Problem('not-found')
      const card = place.source.body.scorecards.find((one) => one.unitId === unitId)
      if (!card) throw new Problem('not-found')
      const bytes = await letterOf(place, card)
      return c.body(new Uint8Array(bytes), 200, asDownload(docx, `反馈函 ${card.unit}.docx`))
    },
  )
  .get(
    '/:id/publications/:publicationId/letters.zip',
    allow('circular.write'),
    describe(
      tag,
      '全部单位的反馈函（.zip，响应头 x-letters 为份数）',
      'Every unit’s feedback letter in one zip; the header x-letters tells how many',
      { 200: zip },
    ),
    async (c) => {
      const place = await circularPlace(c.var, c.req.param('id'), c.req.param('publicationId'))
      const file = new yazl.ZipFile()
      const stream = Readable.from(file.outputStream)
      const { log } = c.var.deps
      fillZip(file, place, () => c.req.raw.signal.aborted || stream.destroyed).catch((reason: unknown) => {
        log.error({ err: reason, requestId: c.var.requestId }, 'letters failed')
        stream.destroy(reason instanceof Error ? reason : new Error('letters failed'))
      })
      return c.body(Readable.toWeb(stream) as ReadableStream<Uint8Array>, 200, {
        ...asDownload(zip, `${place.source.body.assessment.name}反馈函.zip`),
        'x-letters': String(place.source.body.scorecards.length),
      })
    },
  )
