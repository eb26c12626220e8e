import { Readable } from 'node:stream'
import yazl from 'yazl'
import type { PublicationBody } from '#assessment/publication/publication'
import type { Scorecard } from '#assessment/score/scorecard'
import { composeLetter } from '../exchange/circular/letter.ts'
import { writeDocx } from '../exchange/circular/to-docx.ts'
import type { CircularPlace } from './circular-place.ts'

/** One unit's feedback letter 反馈函. */
export const letterOf = ({ source }: CircularPlace, card: Scorecard): Promise<Buffer> =>
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
async function fillZip(file: yazl.ZipFile, place: CircularPlace, isStopped: () => boolean): Promise<void> {
  for (const { name, card } of entriesOf(place.source.body)) {
    if (isStopped()) return
    // A .docx is a zip already.
    file.addBuffer(await letterOf(place, card), name, { compress: false })
    await new Promise((resolve) => setImmediate(resolve))
  }
  file.end()
}

/** Every unit's letter in one zip, as it is written; ends with what goes wrong, which is told to `onError` as well. */
export function lettersZip(
  place: CircularPlace,
  signal: AbortSignal,
  onError: (reason: unknown) => void,
): ReadableStream<Uint8Array> {
  const file = new yazl.ZipFile()
  const stream = Readable.from(file.outputStream)
  fillZip(file, place, () => signal.aborted || stream.destroyed).catch((reason: unknown) => {
    onError(reason)
    stream.destroy(reason instanceof Error ? reason : new Error('letters failed'))
  })
  return Readable.toWeb(stream) as ReadableStream<Uint8Array>
}
