import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { docxText } from '../../../server/exchange/report-text/docx-text.ts'
import { htmlText } from '../../../server/exchange/report-text/html-text.ts'
import { pdfText } from '../../../server/exchange/report-text/pdf-text.ts'
import { decodeText } from '../../../server/exchange/report-text/plain-text.ts'
import { readReportBytes, readReportFile } from '../../../server/jobs/read-report.ts'
import { checkText } from '../../../server/monitors/report/check-report.ts'
import { temporaryFolder } from '../../fixtures/databases.ts'
import { drawn, pdfOf, typeset } from '../../fixtures/pdfs.ts'
import { disputesTable, requestsTable } from '../../fixtures/reports/tables.ts'
import { docxOf } from '../../fixtures/zips.ts'

const sentence = '2016年，我局主动公开政府信息264条。'
/** 主动公开 in GB18030. */
const inGb18030 = Buffer.from('d6f7b6afb9abbfaa', 'hex')

describe('plain text', () => {
  test.each([
    ['UTF-8', Buffer.from(sentence)],
    ['UTF-8 with its mark', Buffer.from(`\ufeff${sentence}`)],
    ['UTF-16 with its mark', Buffer.from(`\ufeff${sentence}`, 'utf16le')],
    ['UTF-16, big end first', Buffer.from(`\ufeff${sentence}`, 'utf16le').swap16()],
    ['UTF-16 without a mark', Buffer.from(sentence, 'utf16le')],
  ])('in %s is read', (_, bytes) => expect(decodeText(bytes)).toBe(sentence))

  test('in GB18030 is read', () => expect(decodeText(inGb18030)).toBe('主动公开'))

  test('whose last character is cut off is read up to it', () =>
    expect(decodeText(Buffer.from(sentence.repeat(40)).subarray(0, -1))).toContain(sentence))
})

describe('a web page', () => {
  const page = (body: string): string =>
    htmlText(Buffer.from(`<!DOCTYPE html><html><body>${body}</body></html>`))

  test('gives a line a paragraph and a line a table row, without its scripts and styles', () => {
    const text = page(
      `<style>p{color:red}</style><script>var a = "<p>不读</p>"</script><p>一、概述</p><div>公开<b>26</b>条&nbsp;&ldquo;好&rdquo;</div>
       <table><tr><th>指标</th><th>数量</th></tr><tr><td><p>收到申请数</p></td><td>3件</td></tr></table>`,
    )
    expect(text).toBe('一、概述\n公开26条 “好”\n| 指标 | 数量 |\n| 收到申请数 | 3件 |')
  })

  test('keeps the figures of a table within the table that lays out the page', () => {
    const inner = '<table><tr><td>收到申请数</td><td>3</td></tr></table>'
    expect(page(`<table><tr><td>左栏</td><td><p>一、概述</p>${inner}</td></tr></table>`)).toContain(
      '| 收到申请数 | 3 |',
    )
  })

  test('in the encoding that it declares is read', () => {
    const head = Buffer.from('<html><head><meta charset="gb2312"></head><body><p>')
    expect(htmlText(Buffer.concat([head, inGb18030, Buffer.from('</p>')]))).toBe('主动公开')
  })

  test('gives tables whose equalities can be checked', () => {
    const tables = [
      requestsTable(2021, { 新收: [2, 0, 0, 0, 0, 0, 3] }, 'html'),
      disputesTable([1, 0, 0, 0, 2, ...Array.from({ length: 10 }, () => 0)], 'html'),
    ]
    const broken = checkText(page(`<p>2022年政府信息公开工作年度报告</p>${tables.join('')}`))
      .flatMap(({ observations }) => observations)
      .filter(({ rule, severity }) => rule === 'cross-footing' && severity === 'fail')
    expect(broken.map(({ params }) => params['sides'])).toEqual(
      expect.arrayContaining([
        '本年新收政府信息公开申请数量 3 ≠ 2 + 0 + 0 + 0 + 0 + 0',
        '行政复议 2 ≠ 1 + 0 + 0 + 0',
      ]),
    )
  })
})

describe('a .docx', () => {
  const paragraph = (text: string, properties = ''): string =>
    `<w:p>${properties}<w:r><w:t>${text}</w:t></w:r></w:p>`

  test('gives its paragraphs and the rows of its tables', async () => {
    const row = (...cells: string[]): string =>
      `<w:tr>${cells.map((cell) => `<w:tc>${paragraph(cell)}</w:tc>`).join('')}</w:tr>`
    const body = `${paragraph('一、概述')}<w:tbl>${row('指标', '数量')}${row('收到申请数', '3')}</w:tbl>${paragraph('二、其他')}`
    expect(await docxText(docxOf(body))).toBe('一、概述\n| 指标 | 数量 |\n| 收到申请数 | 3 |\n二、其他')
  })

  test('shows the numbers that the word processor gives to headings', async () => {
    const numbered = (text: string, level: number): string =>
      paragraph(text, `<w:pPr><w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="7"/></w:numPr></w:pPr>`)
    const level = (index: number, text: string): string =>
      `<w:lvl w:ilvl="${index}"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="${text}"/></w:lvl>`
    const numbering = `<w:abstractNum w:abstractNumId="1">${level(0, '%1、')}${level(1, '（%2）')}</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num>`
    const body = numbered('概述', 0) + numbered('数量', 1) + numbered('形式', 1) + numbered('申请', 0)
    expect(await docxText(docxOf(body, numbering))).toBe('一、概述\n（一）数量\n（二）形式\n二、申请')
  })
})

describe('a .pdf', () => {
  test('gives paragraphs whose lines were broken to the width of the page as one line each', async () => {
    const long = `${sentence}其中，机构职能类信息6条，政策文件类信息38条，保障性住房类信息220条。`
    expect(await pdfText(pdfOf([drawn(typeset([long, '二、其他'])), drawn(typeset([long]))]))).toBe(
      `${long}\n二、其他\n${long}`,
    )
  })

  test('gives the rows of a table, cells apart', async () => {
    const row = (y: number, ...cells: string[]) =>
      cells.map((text, index) => ({ x: 72 + index * 160, y, text }))
    const page = drawn([...row(700, '收到申请数', '件', '3'), ...row(680, '当面申请数', '件', '1')])
    expect(await pdfText(pdfOf([page]))).toBe('| 收到申请数 | 件 | 3 |\n| 当面申请数 | 件 | 1 |')
  })

  test('leaves out the numbers of pages', async () => {
    const numbered = (page: number): string => drawn([{ x: 290, y: 40, text: `- ${page} -` }])
    const pages = [1, 2].map((page) => `${drawn(typeset([sentence, '二、其他']))}\n${numbered(page)}`)
    expect(await pdfText(pdfOf(pages))).toBe(`${sentence}\n二、其他\n${sentence}\n二、其他`)
  })
})

describe('a file of any kind', () => {
  const folder = temporaryFolder()
  test.each([
    ['报告.txt', Buffer.from(sentence)],
    ['报告.html', Buffer.from(`<html><body><p>${sentence}</p></body></html>`)],
    ['报告.docx', docxOf(`<w:p><w:r><w:t>${sentence}</w:t></w:r></w:p>`)],
    ['报告.pdf', pdfOf([drawn(typeset([sentence]))])],
  ])(
    '%s is read in a worker by what it holds, whatever its name',
    async (name, bytes) => {
      await writeFile(join(folder.path, name), bytes)
      expect(await readReportFile(join(folder.path, name))).toEqual({ ok: true, text: sentence })
      if (!name.endsWith('.txt'))
        expect(await readReportBytes(bytes, '报告.shtml')).toEqual({ ok: true, text: sentence })
    },
    60_000,
  )
})
