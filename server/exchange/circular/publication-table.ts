import type { PublicationBody } from '../../assessment/publication/publication.ts'
import { bytesOf, newWorkbook, addSheet, type SheetColumn } from '../spreadsheet/sheet-writer.ts'
import { numberValue, textValue, type Value } from '../spreadsheet/cell-value.ts'

/** The published ranking 成绩表 as a workbook for print: one sheet per group, title above, header on every page. */
export async function writePublicationTable(body: PublicationBody): Promise<Buffer> {
  const workbook = newWorkbook()
  const parts = body.scheme.components.map(({ name }) => name)
  const score = (value: string | null | undefined): Value => (value ? numberValue(value) : '待定')
  const columns: SheetColumn[] = [
    { name: '名次', width: 8, format: 'number' },
    { name: '单位', width: 30, format: 'text' },
    ...parts.map((name): SheetColumn => ({ name, width: 14, format: 'points' })),
    { name: '综合成绩', width: 12, format: 'points' },
    { name: '等次', width: 10, format: 'text' },
  ]
  const groups = [...new Set(body.standings.map(({ group }) => group))]
  const taken = new Set<string>()
  for (const group of groups) {
    const rows = body.standings
      .filter((row) => row.group === group)
      .map((row): Value[] => [
        row.rank,
        textValue(row.unit),
        ...parts.map((name) => score(row.components[name])),
        score(row.composite),
        textValue(row.grade ?? '待定'),
      ])
    const sheet = addSheet(workbook, sheetName(group, taken), columns, rows)
    const header = sheet.getRow(1)
    header.alignment = { vertical: 'middle', horizontal: 'center' }
    sheet.eachRow((row) =>
      row.eachCell({ includeEmpty: true }, (cell) => {
        cell.border = {
          top: { style: 'thin' },
          bottom: { style: 'thin' },
          left: { style: 'thin' },
          right: { style: 'thin' },
        }
      }),
    )
    sheet.headerFooter.oddHeader = `&C&14${printed(`${body.assessment.name}成绩表（${group}）`)}`
    sheet.headerFooter.oddFooter = `&L成绩截至 ${body.asOf}&R&P / &N`
    sheet.pageSetup = {
      paperSize: 9,
      orientation: 'portrait',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: '1:1',
      horizontalCentered: true,
    }
  }
  return bytesOf(workbook)
}

/** In headers and footers of a sheet an ampersand begins a code. */
const printed = (text: string): string => text.replaceAll('&', '&&')

/** A name that a sheet may bear and no other bears: at most 31 characters, none of those Excel keeps for itself. */
function sheetName(group: string, taken: Set<string>): string {
  const plain =
    group
      .replace(/[\\/?*:[\]']/g, ' ')
      .trim()
      .slice(0, 28) || '成绩表'
  let name = plain
  for (let count = 2; taken.has(name.toLowerCase()); count++) name = `${plain} ${count}`
  taken.add(name.toLowerCase())
  return name
}
