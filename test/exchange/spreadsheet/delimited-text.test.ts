import { describe, expect, it } from 'vitest'
import { delimitedRows, separatorOf } from '../../../server/exchange/spreadsheet/delimited-text.ts'
import { readAnySheets } from '../../../server/exchange/spreadsheet/any-sheets.ts'
import { printable } from '../../../server/exchange/spreadsheet/printable.ts'
import { pastedSheet } from '../../../server/exchange/spreadsheet/pasted-sheet.ts'

const rows = (text: string) => delimitedRows(text, '\t', 100)

describe('a cell of a table of text', () => {
  it('is quoted where its closing mark stands before a separator, a line’s end or the text’s', () => {
    expect(rows('"a\tb"\t"c\nd"\n"e ""f"""')).toEqual([['a\tb', 'c\nd'], ['e "f"']])
    expect(rows('""\t"x"\r\n')).toEqual([['', 'x'], ['']])
  })

  it('keeps a quotation mark that only stands there, and swallows no row', () => {
    expect(rows('甲\t"一网通办专栏未更新\n乙\t二\n丙\t"三"四\n')).toEqual([
      ['甲', '"一网通办专栏未更新'],
      ['乙', '二'],
      ['丙', '"三"四'],
      [''],
    ])
    const { rows: pasted } = pastedSheet(
      ['"一网通办', '二', '三'].map((what) => `甲县\t超期\t${what}\t2017-03-05`).join('\n'),
    )
    expect(pasted.map(({ cells }) => cells[2])).toEqual(['"一网通办', '二', '三'])
  })

  it('stops at as many rows as asked for', () => {
    expect(delimitedRows('a\nb\nc', ',', 2)).toEqual([['a'], ['b']])
  })
})

it('a title above a table does not decide what parts its cells', () => {
  expect(separatorOf('2017年，第三方评估得分,初稿\n单位\t得分\n甲县\t90\n')).toBe('\t')
  expect(separatorOf('得分;初稿\n单位,得分\n甲县,90\n')).toBe(',')
  expect(separatorOf('单位;得分\n甲县;90,5\n')).toBe(';')
})

it('a table saved as Unicode text is read like one in UTF-8 or GB18030, whatever it is called', async () => {
  const text = '单位\t得分\r\n甲县\t85.5\r\n'
  for (const [bytes, name] of [
    [Buffer.from(`\ufeff${text}`, 'utf16le'), '得分.txt'],
    [Buffer.from(`\ufeff${text}`, 'utf16le'), '得分.xlsx'],
    [Buffer.from(text, 'utf16le'), '得分.csv'],
    [Buffer.from(text), '得分.tsv'],
  ] as const) {
    const reading = await readAnySheets(bytes, name)
    expect(reading.ok && reading.sheets[0]?.rows.map(({ cells }) => cells)).toEqual([
      ['单位', '得分'],
      ['甲县', '85.5'],
    ])
  }
})

it('what no document can hold is left out, half a character too', () => {
  expect(printable('a\u000bb\ud800c\ufffe\td\n😀')).toBe('abc\td\n😀')
})
