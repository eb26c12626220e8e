import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A word on paper with its place, in points from the upper left corner of its page. */
export interface PrintedWord {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly right: number
  readonly bottom: number
}
export interface PrintedPage {
  readonly width: number
  readonly height: number
  readonly words: readonly PrintedWord[]
}

const entities: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&', '&quot;': '"' }
const plain = (text: string): string =>
  text.replace(/&(lt|gt|amp|quot);/g, (entity) => entities[entity] ?? '')

/** The pages of a PDF with their words, as poppler's pdftotext finds them. */
export async function printedPages(pdf: Buffer): Promise<PrintedPage[]> {
  const folder = mkdtempSync(join(tmpdir(), 'zhengheng-paper-'))
  try {
    const file = join(folder, 'page.pdf')
    writeFileSync(file, pdf)
    const { stdout } = await run('pdftotext', ['-bbox', file, '-'], { maxBuffer: 64 * 1024 * 1024 })
    return [...stdout.matchAll(/<page width="([\d.]+)" height="([\d.]+)">(.*?)<\/page>/gs)].map(
      ([, width, height, inner = '']) => ({
        width: Number(width),
        height: Number(height),
        words: [
          ...inner.matchAll(
            /<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)<\/word>/gs,
          ),
        ].map(([, x, y, right, bottom, text = '']) => ({
          text: plain(text),
          x: Number(x),
          y: Number(y),
          right: Number(right),
          bottom: Number(bottom),
        })),
      }),
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** How many single characters stand exactly below one another at most: words that a narrow column broke into characters. */
export function longestColumn({ words }: PrintedPage): number {
  const single = words
    .filter(({ text }) => /^\p{Script=Han}$/u.test(text))
    .sort((a, b) => a.x - b.x || a.y - b.y)
  let [longest, length] = [0, 0]
  single.forEach((word, index) => {
    const before = single[index - 1]
    const follows =
      before !== undefined &&
      Math.abs(before.x - word.x) < 1 &&
      word.y - before.y < 1.6 * (word.right - word.x)
    length = follows ? length + 1 : 1
    longest = Math.max(longest, length)
  })
  return longest
}
