import { Readable } from 'node:stream'
import yazl from 'yazl'
import type { PublicationBody } from '#assessment/publication/publication'
import type { Scorecard } from '#assessment/score/scorecard'
import { composeLetter } from '../exchange/circular/letter.ts'
import type { InThread } from '../jobs/jobs.ts'
import type { DocumentToWrite } from '../jobs/worker.ts'
import type { CircularPlace } from './circular-place.ts'

/** One unit's feedback letter 反馈函. */
export const letterOf = ({ source }: CircularPlace, card: Scorecard): DocumentToWrite => ({
  document: composeLetter(source.body, card, source),
  variant: 'plain',
  title: `${source.body.assessment.name}结果反馈函（${card.unit}）`,
  creator: source.issuer,
})

/** Letters that are written at once. */
const LETTERS = 10

/** Names of the letters in the zip, numbered in unit order; the folder's name tells how many have gone through. */
function* entriesOf({ scorecards }: PublicationBody): Generator<{ name: string; card: Scorecard }> {
  for (const [index, card] of scorecards.entries()) {
    const unit = card.unit.replace(/[\\/:*?"<>|\p{Cc}]/gu, ' ').trim()
    yield { name: `反馈函/${String(index + 1).padStart(3, '0')} ${unit}.docx`, card }
  }
}

/** A few letters after the others; stops when nobody reads on. */
async function fillZip(
  file: yazl.ZipFile,
  place: CircularPlace,
  inThread: InThread,
  isStopped: () => boolean,
): Promise<void> {
  const entries = [...entriesOf(place.source.body)]
  for (let start = 0; start < entries.length; start += LETTERS) {
    if (isStopped()) return
    const some = entries.slice(start, start + LETTERS)
    const documents = some.map(({ card }) => letterOf(place, card))
    const letters = await inThread('write-documents', { documents })
    // A .docx is a zip already.
    letters.forEach((bytes, index) =>
      file.addBuffer(Buffer.from(bytes), some[index]?.name ?? '', { compress: false }),
    )
  }
  file.end()
}

/** Every unit's letter in one zip, as it is written; ends with what goes wrong, which is told to `onError` as well. */
export function lettersZip(
  place: CircularPlace,
  inThread: InThread,
  signal: AbortSignal,
  onError: (reason: unknown) => void,
): ReadableStream<Uint8Array> {
  const file = new yazl.ZipFile()
  const stream = Readable.from(file.outputStream)
  fillZip(file, place, inThread, () => signal.aborted || stream.destroyed).catch((reason: unknown) => {
    onError(reason)
    stream.destroy(reason instanceof Error ? reason : new Error('letters failed'))
  })
  return Readable.toWeb(stream) as ReadableStream<Uint8Array>
}
