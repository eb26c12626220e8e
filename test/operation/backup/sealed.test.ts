import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  isSealed,
  readSealingKey,
  seal,
  sealedBytes,
  unseal,
  type SealingKey,
} from '../../../server/operation/backup/sealed.ts'
import { temporaryFolder } from '../../fixtures/databases.ts'

const PIECE = 1024 * 1024
const TAG = 16
const HEADER = sealedBytes(0) - TAG
const folder = temporaryFolder()

function keyFrom(text: string): Promise<SealingKey> {
  const file = join(folder.path, 'key')
  writeFileSync(file, text)
  return readSealingKey(file)
}
const key = await keyFrom('0123456789abcdef0123456789abcdef\n')

/** Content in parts as a stream would bring it. */
async function* inParts(content: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size)
}
async function whole(content: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of content) parts.push(part)
  return Buffer.concat(parts)
}
const sealed = (content: Buffer, part = 100_000) => whole(seal(inParts(content, part), key))
const opened = (bytes: Buffer, with_ = key) => whole(unseal(inParts(bytes, 70_000), with_))
const content = (bytes: number): Buffer => Buffer.alloc(bytes, 'zhengheng 政衡')

describe('a sealed file', () => {
  test.each([0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE + 7])(
    'of %i bytes opens as it was, and its size is known beforehand',
    async (bytes) => {
      const file = await sealed(content(bytes))
      expect(file).toHaveLength(sealedBytes(bytes))
      expect(isSealed(file)).toBe(true)
      expect((await opened(file)).equals(content(bytes))).toBe(true)
    },
  )

  test('holds nothing of its content, and never the same bytes twice', async () => {
    const [one, other] = [await sealed(content(1000)), await sealed(content(1000))]
    expect(one.includes('zhengheng 政衡')).toBe(false)
    expect(one.subarray(HEADER).equals(other.subarray(HEADER))).toBe(false)
  })

  test('with any byte altered is refused', async () => {
    const file = await sealed(content(5000))
    await fc.assert(
      fc.asyncProperty(fc.nat(file.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
        const altered = Buffer.from(file)
        altered[at] = (altered[at] ?? 0) ^ by
        await expect(opened(altered)).rejects.toThrow(/altered|not sealed|another key/)
      }),
      { numRuns: 60 },
    )
  })

  test('cut off anywhere, between its pieces too, is refused', async () => {
    const file = await sealed(content(2 * PIECE + 10))
    const ends = [HEADER, HEADER + 5, HEADER + PIECE + TAG, HEADER + 2 * (PIECE + TAG), file.length - 1]
    for (const end of ends) await expect(opened(file.subarray(0, end))).rejects.toThrow(/cut off/)
    await expect(opened(file.subarray(0, 10))).rejects.toThrow(/not sealed/)
  })

  test('with pieces in another order is refused', async () => {
    const file = await sealed(content(3 * PIECE))
    const piece = (at: number) =>
      file.subarray(HEADER + at * (PIECE + TAG), HEADER + (at + 1) * (PIECE + TAG))
    const swapped = Buffer.concat([file.subarray(0, HEADER), piece(1), piece(0), piece(2)])
    await expect(opened(swapped)).rejects.toThrow(/altered/)
  })

  test('names the key that it needs', async () => {
    const other = await keyFrom('another key of thirty-two letters')
    const file = await sealed(content(10))
    await expect(opened(file, other)).rejects.toThrow(
      `sealed with another key (${key.name}, not ${other.name})`,
    )
  })

  test('needs a key of at least 32 characters', async () => {
    await expect(keyFrom('0123456789abcdef0123456789abcde\n')).rejects.toThrow(/holds no key/)
    await expect(readSealingKey(join(folder.path, 'none'))).rejects.toThrow(/ENOENT/)
  })
})
