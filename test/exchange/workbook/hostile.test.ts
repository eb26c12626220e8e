import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { BookReading } from '../../../server/exchange/workbook/book.ts'
import { parseBook } from '../../../server/exchange/workbook/parse-book.ts'
import { readBook } from '../../../server/jobs/read-workbook.ts'
import { overPreset, smallYear, workbookOf } from '../../fixtures/workbooks.ts'
import { type Part, textRow, workbookParts, xmlPart as xml, zipOf } from '../../fixtures/zips.ts'

const codesOf = (reading: BookReading): string[] =>
  reading.ok ? [] : reading.problems.map(({ code }) => code)
const parsed = async (bytes: Buffer): Promise<string[]> => codesOf(await parseBook(bytes, overPreset))

const header = textRow('单位', '分组')

test('files that are no workbook, or a broken one, are refused with a reason', async () => {
  const whole = await workbookOf(smallYear)
  expect(await parsed(Buffer.alloc(0))).toEqual(['not-a-workbook'])
  expect(await parsed(Buffer.from('单位,分组\n甲,乙\n'.repeat(100)))).toEqual(['not-a-workbook'])
  expect(await parsed(zipOf({ 'readme.txt': { bytes: Buffer.from('hello') } }))).toEqual(['not-a-workbook'])
  expect(await parsed(whole.subarray(0, whole.length - 200))).toEqual(['not-a-workbook'])
  expect(await parsed(Buffer.concat([whole.subarray(0, 400), whole.subarray(900)]))).toEqual(['broken-file'])
})

test('encrypted workbooks and old formats are told apart from broken ones', async () => {
  const ole = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2000)])
  expect(await parsed(ole)).toEqual(['old-format'])
  expect(await parsed(Buffer.concat([ole, Buffer.from('EncryptedPackage', 'utf16le')]))).toEqual([
    'encrypted',
  ])
  expect(await parsed(zipOf({ 'xl/workbook.xml': { bytes: Buffer.from('x'), encrypted: true } }))).toEqual([
    'encrypted',
  ])
})

test('a bomb is refused by what it declares, and stopped at what it declares when it lies', async () => {
  const zeros = deflateRawSync(Buffer.alloc(64 << 20))
  const honest = { bytes: Buffer.alloc(0), packed: zeros, declared: 3 * 2 ** 30 }
  expect(await parsed(zipOf(workbookParts(honest)))).toEqual(['too-large-inside'])
  expect(await parsed(zipOf(workbookParts({ ...honest, declared: 1000 })))).toEqual(['broken-file'])
})

test('a document type, and with it every entity, is refused', async () => {
  const sheet = xml('<!DOCTYPE lolz [<!ENTITY lol "lol">]><worksheet><sheetData/></worksheet>')
  expect(await parsed(zipOf(workbookParts(sheet)))).toEqual(['broken-file'])
})

test('a part whose bytes do not match their checksum is refused', async () => {
  const sheet = xml(`<worksheet><sheetData>${header}</sheetData></worksheet>`)
  const other = Buffer.from(sheet.bytes.toString().replace('分组', '分级'))
  expect(await parsed(zipOf(workbookParts({ ...sheet, packed: deflateRawSync(other) })))).toEqual([
    'broken-file',
  ])
})

test('200,000 rows are read, one more is refused with its row', async () => {
  const rowsOf = (count: number): Part => {
    const rows = Array.from({ length: count }, (_, index) => textRow(`单位${index}`, '一组'))
    return xml(`<worksheet><sheetData>${header}${rows.join('')}</sheetData></worksheet>`)
  }
  const most = await parseBook(zipOf(workbookParts(rowsOf(200_000))), overPreset)
  expect(most.ok && most.book.facts.units.length).toBe(200_000)
  const over = await parseBook(zipOf(workbookParts(rowsOf(200_001))), overPreset)
  expect(over.ok ? [] : over.problems).toEqual([
    { sheet: '考核对象', row: 200_002, column: null, code: 'too-many-rows', params: { limit: 200_000 } },
  ])
}, 60_000)

test('formatted but empty rows are no rows', async () => {
  const blank = '<row><c s="0"/></row>'.repeat(250_000)
  const sheet = xml(`<worksheet><sheetData>${header}${textRow('甲', '乙')}${blank}</sheetData></worksheet>`)
  expect(await parsed(zipOf(workbookParts(sheet)))).toEqual([])
}, 60_000)

test('validations and merged cells over whole columns cost nothing', async () => {
  const hostile = xml(
    `<worksheet><sheetData>${header}${textRow('甲', '乙')}</sheetData>` +
      `<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells><dataValidations count="2000">` +
      `<dataValidation type="list" sqref="A1:XFD1048576"><formula1>"a"</formula1></dataValidation>`.repeat(
        2000,
      ) +
      `</dataValidations></worksheet>`,
  )
  expect(await parsed(zipOf(workbookParts(hostile)))).toEqual([])
})

test('what takes too long is given up, and the process goes on', async () => {
  const slow = zipOf(
    workbookParts(
      xml(`<worksheet><sheetData>${header}${'<row><c/></row>'.repeat(3_000_000)}</sheetData></worksheet>`),
    ),
  )
  const started = Date.now()
  expect(codesOf(await readBook(slow, { timeout: 300 }))).toEqual(['too-slow'])
  expect(Date.now() - started).toBeLessThan(5000)
  expect((await readBook(await workbookOf(smallYear))).ok).toBe(true)
}, 30_000)

test('reading can be called off', async () => {
  const bytes = await workbookOf(smallYear)
  await expect(readBook(bytes, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough')
  await expect(readBook(bytes, { signal: AbortSignal.timeout(1) })).rejects.toThrow('timeout')
})

test('a file over 50 MB is refused unread', async () => {
  expect(codesOf(await readBook(Buffer.alloc(50 * 2 ** 20 + 1)))).toEqual(['file-too-large'])
})

test('random bytes, and a workbook damaged anywhere, never throw', async () => {
  const whole = await workbookOf(smallYear)
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
      expect((await parseBook(Buffer.from(bytes), overPreset)).ok).toBe(false)
    }),
  )
  const damage = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(damage, async (changes) => {
      const bytes = Buffer.from(whole)
      for (const [at, value] of changes) bytes[at] = value
      const reading = await parseBook(bytes, overPreset)
      expect(reading.ok || reading.problems.length > 0).toBe(true)
    }),
    { numRuns: 500 },
  )
}, 30_000)
