import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { inspectArchive } from '../../server/evidence/archive.ts'
import { Problem } from '../../server/http/problem.ts'
import { temporaryFolder } from '../fixtures/databases.ts'
import { zipOf, type Part } from '../fixtures/zips.ts'
import { docx, eicar, xlsx, zip } from './samples.ts'

const text = (content: string): Part => ({ bytes: Buffer.from(content) })
const MEGABYTE = 1024 * 1024
const zeros = Buffer.alloc(20 * MEGABYTE)

const refused: Readonly<Record<string, readonly [string, Buffer]>> = {
  'a small file that unpacks to 20 MB of nothing': ['zip-too-large', zipOf({ 'a.txt': { bytes: zeros } })],
  'one that declares more than 500 MB': [
    'zip-too-large',
    zipOf({ 'a.bin': { bytes: randomBytes(6 * MEGABYTE), declared: 501 * MEGABYTE } }),
  ],
  'one that declares little and unpacks to much': [
    'zip-broken',
    zipOf({ 'a.txt': { bytes: Buffer.from('x'), packed: deflateRawSync(zeros), declared: 10 } }),
  ],
  'more than 2,000 entries': [
    'zip-too-many',
    zipOf(Object.fromEntries(Array.from({ length: 2001 }, (_, index) => [`${index}.txt`, text('x')]))),
  ],
  'an archive in an archive in an archive': [
    'zip-nested',
    zipOf({ 'a.zip': { bytes: zipOf({ 'b.zip': { bytes: zipOf({ 'c.txt': text('x') }) } }) } }),
  ],
  'the same under another name': [
    'zip-nested',
    zipOf({ 'a.txt': { bytes: zipOf({ 'b.txt': { bytes: zipOf({ 'c.txt': text('x') }) } }) } }),
  ],
  'a bomb in the archive inside': [
    'zip-too-large',
    zipOf({ 'a.zip': { bytes: zipOf({ 'b.txt': { bytes: zeros } }) } }),
  ],
  'an archive of another kind inside': ['zip-nested', zipOf({ 'a.rar': text('Rar!\x1a\x07\x01\x00data') })],
  'a path that leads out': ['zip-path', zipOf({ '../../etc/cron.d/a': text('x') })],
  'a Windows path that leads out': ['zip-path', zipOf({ 'a\\..\\..\\b.txt': text('x') })],
  'an absolute path': ['zip-path', zipOf({ '/etc/passwd': text('x') })],
  'a drive': ['zip-path', zipOf({ 'C:\\a.txt': text('x') })],
  'an encrypted entry': ['zip-encrypted', zipOf({ 'a.txt': { bytes: Buffer.from('x'), encrypted: true } })],
  'the virus test string packed inside': ['evidence-malware', zipOf({ 'a.txt': { bytes: eicar } })],
  'the virus test string in the archive inside': [
    'evidence-malware',
    zipOf({ 'a.zip': { bytes: zipOf({ 'b.txt': { bytes: eicar } }) } }),
  ],
  'a cut-off archive': ['zip-broken', zip.subarray(0, zip.length - 30)],
}

describe('an archive as evidence', () => {
  const folder = temporaryFolder()
  const path = join(folder.path, 'archive')
  const outcome = async (bytes: Buffer): Promise<unknown> => {
    await writeFile(path, bytes)
    return inspectArchive(path).catch((error: unknown) => (error instanceof Problem ? error.code : error))
  }

  test.each(Object.entries(refused))('is refused with %s', async (_, [code, bytes]) => {
    expect(await outcome(bytes)).toBe(code)
    expect(readdirSync(folder.path)).toEqual(['archive'])
  })

  test('passes with a document inside, and a document with an embedded workbook inside that', async () => {
    expect(await outcome(zip)).toMatchObject({ paths: expect.arrayContaining(['inner.zip']) as unknown })
    const withChart = zipOf({
      '[Content_Types].xml': text('<Types/>'),
      'word/document.xml': text('<w:document/>'),
      'word/embeddings/chart.xlsx': { bytes: xlsx },
    })
    expect(await outcome(zipOf({ '报告.docx': { bytes: withChart }, '附件.docx': { bytes: docx } }))).toEqual(
      {
        paths: ['报告.docx', '附件.docx'].map((name) => Buffer.from(name).toString('latin1')),
        relations: null,
      },
    )
  })
})
