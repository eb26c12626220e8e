import { deflateRawSync, deflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { docxText } from '../../../server/exchange/report-text/docx-text.ts'
import { htmlText } from '../../../server/exchange/report-text/html-text.ts'
import { reportLimits } from '../../../server/exchange/report-text/limits.ts'
import { pdfText } from '../../../server/exchange/report-text/pdf-text.ts'
import { readReportBytes } from '../../../server/jobs/read-report.ts'
import type { ReportReading } from '../../../server/exchange/report-text/report-text.ts'
import { refusalText, ReportUnreadable } from '../../../server/exchange/report-text/refusal.ts'
import { drawn, pdfOf, typeset } from '../../fixtures/pdfs.ts'
import { docxOf, type Part, zipOf } from '../../fixtures/zips.ts'

/** How a reader refuses: its code, or the text when it does not. */
const refusalOf = async (reading: () => string | Promise<string>): Promise<string> => {
  try {
    return await reading()
  } catch (error) {
    if (error instanceof ReportUnreadable) return error.refusal.code
    throw error
  }
}
const codeOf = (reading: ReportReading): string => (reading.ok ? reading.text : reading.code)
const megabyte = 2 ** 20

describe('a .docx is refused with a reason', () => {
  const documentOf = (part: Part): Buffer => zipOf({ 'word/document.xml': part })
  const zeros = deflateRawSync(Buffer.alloc(64 * megabyte))
  test.each([
    ['that is cut off', docxOf('<w:p/>').subarray(0, -60), 'broken-file'],
    ['that is no document', zipOf({ 'readme.txt': { bytes: Buffer.from('hello') } }), 'unknown-format'],
    ['that is encrypted', documentOf({ bytes: Buffer.from('x'), encrypted: true }), 'encrypted'],
    [
      'that declares 3 GB',
      documentOf({ bytes: Buffer.alloc(0), packed: zeros, declared: 3 * 2 ** 30 }),
      'too-large-inside',
    ],
    [
      'that unpacks to more than it declares',
      documentOf({ bytes: Buffer.alloc(0), packed: zeros, declared: 1000 }),
      'broken-file',
    ],
    [
      'with a document type',
      documentOf({ bytes: Buffer.from('<!DOCTYPE a [<!ENTITY b "c">]><w:document/>') }),
      'broken-file',
    ],
    [
      'of the older .doc',
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2000)]),
      'old-format',
    ],
    [
      'with more text than any report',
      docxOf(`<w:p><w:r><w:t>${'公开'.repeat(reportLimits.characters / 2 + 1)}</w:t></w:r></w:p>`),
      'text-too-long',
    ],
  ])('%s', async (_, bytes, code) => expect(await refusalOf(() => docxText(bytes))).toBe(code), 60_000)
})

describe('a .pdf is refused with a reason', () => {
  const zeros = '00'.repeat(16)
  const password = `/Encrypt << /Filter /Standard /V 1 /R 2 /Length 40 /P -44 /O <${'41'.repeat(32)}> /U <${'42'.repeat(32)}> >> /ID [<${zeros}> <${zeros}>]`
  const page = drawn(typeset(['主动公开政府信息']))
  test.each([
    ['that is none but for its name', Buffer.from('%PDF-1.4\n一二三'), 'broken-file'],
    ['that opens with a password', pdfOf([page], password), 'encrypted'],
    ['of too many pages', pdfOf(Array.from({ length: reportLimits.pages + 1 }, () => '')), 'too-many-pages'],
  ])('%s', async (_, bytes, code) => expect(await refusalOf(() => pdfText(bytes))).toBe(code), 60_000)

  test('whose pages are pictures is read as nothing', async () => {
    expect(await pdfText(pdfOf(['q 595 0 0 842 0 0 cm Q', '']))).toBe('')
  })

  test('whose page unpacks to 1 GB is stopped by the memory or the time it takes', async () => {
    const bomb = pdfOf([deflateSync(Buffer.alloc(1024 * megabyte))])
    expect(bomb.length).toBeLessThan(2 * megabyte)
    const reading = await readReportBytes(bomb, '报告.pdf', { timeout: 8000 })
    expect(['too-much-memory', 'too-slow']).toContain(codeOf(reading))
  }, 90_000)
})

describe('a page', () => {
  test('with 100,000 tables in each other is read without them', async () => {
    const depth = 100_000
    const page = `${'<table><tr><td>'.repeat(depth)}主动公开${'</td></tr></table>'.repeat(depth)}`
    expect(await refusalOf(() => htmlText(Buffer.from(page)))).toContain('主动公开')
  })

  test('of tags that are never closed is read in time', async () => {
    const page = '<p class="'.repeat(200_000) + '<!--'.repeat(200_000) + '&'.repeat(500_000)
    const started = performance.now()
    await refusalOf(() => htmlText(Buffer.from(page)))
    expect(performance.now() - started).toBeLessThan(10_000)
  }, 60_000)

  test('with more text than any report is refused', async () => {
    const page = `<p>${'公开信息'.repeat(reportLimits.characters / 4 + 1)}</p>`
    expect(codeOf(await readReportBytes(Buffer.from(page), 'a.html'))).toBe('text-too-long')
  }, 60_000)
})

describe('a text', () => {
  test('of 200 MB is refused before it is read', async () => {
    expect(codeOf(await readReportBytes(Buffer.alloc(200 * megabyte, '公'), '报告.txt'))).toBe(
      'file-too-large',
    )
  })

  test('of 40 MB is refused', async () => {
    expect(codeOf(await readReportBytes(Buffer.alloc(40 * megabyte, '公开'), '报告.txt'))).toBe(
      'text-too-long',
    )
  })

  test('that is no text is refused', async () => {
    const bytes = Buffer.from(Array.from({ length: 4000 }, (_, index) => (index * 7919) % 256))
    expect(codeOf(await readReportBytes(bytes, '报告.txt'))).toBe('unknown-format')
  })

  test('under the name of a .pdf is told to be damaged', async () => {
    expect(codeOf(await readReportBytes(Buffer.from('主动公开'), '报告.pdf'))).toBe('broken-file')
  }, 60_000)
})

test('what takes too long is stopped, and a signal stops it at once', async () => {
  const bytes = pdfOf([drawn(typeset(['主动公开']))])
  const slow = await readReportBytes(bytes, 'a.pdf', { timeout: 1 })
  expect(slow).toMatchObject({ ok: false, code: 'too-slow' })
  await expect(readReportBytes(bytes, 'a.pdf', { signal: AbortSignal.abort('stopped') })).rejects.toBe(
    'stopped',
  )
})

test('a refusal is one line in both languages', () => {
  const refusal = { ok: false, code: 'text-too-long', params: { characters: 10 } } as const
  expect(refusalText(refusal, 'zh-CN')).toBe('文字超过 10 个字符，不予读取。')
  expect(refusalText(refusal, 'en')).not.toMatch(/[一-鿿\n]/)
})
