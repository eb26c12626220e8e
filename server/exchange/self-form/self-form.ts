import ExcelJS from 'exceljs'
import { compare, decimal, type Decimal } from '../../assessment/rational.ts'
import { saysNotApplicable } from '../../assessment/typed.ts'
import type { FormArea, FormLeaf } from '../../assessment/score/self-assessment.ts'
import type { Problem } from '../spreadsheet/messages.ts'
import { readNamedSheets } from '../workbook/named-sheets.ts'
import { limits } from '../spreadsheet/limits.ts'
import { madeTables, type MadeSubject } from '../spreadsheet/made-table.ts'
import { startReport } from '../spreadsheet/report.ts'
import { notApplicable } from '../workbook/sheet-columns.ts'
import { type Column } from '../spreadsheet/column.ts'
import { addSheet, bytesOf, newWorkbook } from '../spreadsheet/sheet-writer.ts'
import { numberValue, textValue, type Value } from '../spreadsheet/cell-value.ts'
import { asMarksNumber, asText, openTable, type Parser, unless } from '../spreadsheet/table.ts'

/** What a unit has entered for a leaf. */
export interface FormEntry {
  readonly marks: Decimal | null
  readonly notApplicable: boolean
  readonly note: string | null
}

const nothing: FormEntry = { marks: null, notApplicable: false, note: null }

/** A form to fill in away from the network. */
export interface SelfForm {
  readonly title: string
  readonly unit: string
  readonly window: string
  readonly areas: readonly FormArea[]
  /** By leaf; of the others nothing was entered. */
  readonly entries: ReadonlyMap<string, FormEntry>
  /** The verified marks of the window before, by leaf. */
  readonly previous: ReadonlyMap<string, Decimal>
}

export interface FormRow extends FormEntry {
  readonly leaf: string
  readonly row: number
}

const sheetName = '自评表'
/** No scheme has so many indicators. */
const mostRows = 5000
const totalWord = '合计'

const column = (about: string, needed = false): Column => ({ needed, content: 'text', about })
const columns = {
  指标编号: column('考核办法中的编号，不要改动。', true),
  一级指标: column('所属领域。'),
  指标: column('指标名称。'),
  满分: column('该项满分。'),
  评分办法: column('得分和扣分的办法。'),
  佐证材料要求: column('须提供的材料。'),
  上期核查分: column('上一周期的核查分。'),
  自评分: column(`不小于 0、不高于满分的数；没有这项职责的填“${notApplicable}”。`, true),
  说明: column('对自评分的说明。', true),
  单位: column('填报单位，不要改动。', true),
  周期: column('考核周期，不要改动。', true),
} as const
type Name = keyof typeof columns
const names = Object.keys(columns) as Name[]

const widths: Readonly<Record<Name, number>> = {
  指标编号: 9,
  一级指标: 18,
  指标: 20,
  满分: 7,
  评分办法: 34,
  佐证材料要求: 22,
  上期核查分: 10,
  自评分: 9,
  说明: 34,
  单位: 16,
  周期: 8,
}
const numeric: ReadonlySet<Name> = new Set(['满分', '上期核查分', '自评分'])
const filled: ReadonlySet<Name> = new Set(['自评分', '说明'])
const letterOf = (name: Name): string => String.fromCharCode(65 + names.indexOf(name))

const entered = ({ marks, notApplicable: none }: FormEntry): Value =>
  none ? notApplicable : marks === null ? null : numberValue(marks)

const rowOf = (form: SelfForm, area: FormArea, leaf: FormLeaf): Readonly<Record<Name, Value>> => {
  const entry = form.entries.get(leaf.key) ?? nothing
  const previous = form.previous.get(leaf.key)
  return {
    指标编号: textValue(leaf.key),
    一级指标: textValue(area.name),
    指标: textValue([...leaf.path, leaf.name].join(' / ')),
    满分: numberValue(leaf.full),
    评分办法: textValue(leaf.scoring ?? ''),
    佐证材料要求: textValue(leaf.evidence ?? ''),
    上期核查分: previous === undefined ? null : numberValue(previous),
    自评分: entered(entry),
    说明: entry.note === null ? null : textValue(entry.note),
    单位: textValue(form.unit),
    周期: textValue(form.window),
  }
}

/** The typings of exceljs leave this out. */
interface WithValidations {
  readonly dataValidations: { add(range: string, rule: ExcelJS.DataValidation): void }
}

/** On paper: A4 across, the header on every page, and room for the head's signature and the seal. */
function preparePrint(sheet: ExcelJS.Worksheet, form: SelfForm): void {
  const plain = (text: string): string => text.replaceAll('&', '&&')
  sheet.pageSetup = {
    paperSize: 9,
    orientation: 'landscape',
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: 0,
    printTitlesRow: '1:1',
    margins: { left: 0.4, right: 0.4, top: 0.8, bottom: 0.9, header: 0.3, footer: 0.3 },
  }
  sheet.headerFooter.oddHeader = `&L${plain(form.unit)}&C&"宋体,Bold"&14${plain(form.title)}&R${plain(form.window)}`
  sheet.headerFooter.oddFooter =
    '&L单位负责人（签字）：&C填报单位（盖章）：&R年    月    日    第 &P 页，共 &N 页'
}

/** Writes the form: only claimed marks and notes can be changed, and marks are checked as they are typed. */
export async function writeSelfForm(form: SelfForm): Promise<Buffer> {
  const workbook = newWorkbook()
  const rows = form.areas.flatMap((area) => area.leaves.map((leaf) => rowOf(form, area, leaf)))
  const sheet = addSheet(
    workbook,
    sheetName,
    names.map((name) => ({
      name,
      width: widths[name],
      format: numeric.has(name) ? ('number' as const) : ('text' as const),
      needed: filled.has(name),
    })),
    rows.map((row) => names.map((name) => row[name])),
  )
  const last = rows.length + 1
  const total = sheet.addRow([])
  total.getCell(names.indexOf('指标编号') + 1).value = totalWord
  for (const name of ['满分', '自评分'] as const) {
    const letter = letterOf(name)
    const sum = rows.reduce((before, row) => before + (typeof row[name] === 'number' ? row[name] : 0), 0)
    total.getCell(letter).value = { formula: `SUM(${letter}2:${letter}${last})`, result: sum }
  }
  total.font = { bold: true }
  sheet.eachRow((row, number) => {
    if (number === 1) return
    names.forEach((name, index) => {
      const cell = row.getCell(index + 1)
      cell.protection = { locked: number > last || !filled.has(name) }
      cell.alignment = { vertical: 'top', wrapText: !numeric.has(name) }
      cell.border = { bottom: { style: 'hair' } }
    })
  })
  const [marks, full] = [`${letterOf('自评分')}2`, `${letterOf('满分')}2`]
  const { dataValidations } = sheet as ExcelJS.Worksheet & WithValidations
  dataValidations.add(`${marks}:${letterOf('自评分')}${last}`, {
    type: 'custom',
    allowBlank: true,
    formulae: [`OR(${marks}="${notApplicable}",AND(ISNUMBER(${marks}),${marks}>=0,${marks}<=${full}))`],
    showInputMessage: true,
    promptTitle: '自评分',
    prompt: columns.自评分.about,
    showErrorMessage: true,
    errorStyle: 'stop',
    errorTitle: '自评分',
    error: columns.自评分.about,
  })
  preparePrint(sheet, form)
  // Without a password: it guards against slips, not against people.
  await sheet.protect('', { formatColumns: true, formatRows: true })
  return bytesOf(workbook)
}

const asMarks = unless(asMarksNumber, 'negative', (value) => value.startsWith('-'))
/** As long as the form on screen takes it. */
const mostNote = 2000
const asNote = unless(asText, 'text-too-long', (value) => value.length > mostNote)
const asEntry: Parser<Decimal | 'not-applicable'> = (cell) =>
  typeof cell === 'string' && saysNotApplicable(cell) ? { value: 'not-applicable' } : asMarks(cell)

/** What a form must be about to be read. */
export type FormToRead = Pick<SelfForm, 'unit' | 'window' | 'areas'>

export type FormReading = { readonly rows: readonly FormRow[]; readonly problems: readonly Problem[] }

/** A form as it comes back: with titles above, rows and columns added, and headings of people's own. */
function madeForm(leaves: ReadonlyMap<string, FormLeaf>): MadeSubject<Name> {
  const called = (...headings: string[]) => ({ headings })
  return {
    first: '指标编号',
    key: '指标编号',
    most: mostRows,
    sheetNames: [sheetName],
    columns: {
      指标编号: { ...called('编号'), fits: (text) => leaves.has(text) },
      一级指标: called(),
      指标: called('指标名称'),
      满分: called('分值'),
      评分办法: called('评分标准'),
      佐证材料要求: called('佐证材料'),
      上期核查分: called(),
      自评分: called('自评得分', '得分'),
      说明: called('自评说明', '得分说明'),
      单位: called('填报单位', '单位名称'),
      周期: called('考核周期'),
    },
  }
}

/** Reads a filled form of the same unit and window: its rows, or what is wrong with it and where. */
export async function readSelfForm(bytes: Buffer, form: FormToRead): Promise<FormReading> {
  const reading = await readNamedSheets(bytes, [sheetName], {
    mostRows,
    columns: 40,
    unpackedBytes: limits.formBytes,
  })
  if (!reading.ok) return { rows: [], problems: reading.problems }
  const report = startReport()
  const [sheet] = reading.sheets
  if (!sheet) {
    report.problem('missing-sheet', sheetName)
    return { rows: [], problems: report.problems }
  }
  const leaves = new Map(form.areas.flatMap((area) => area.leaves.map((leaf) => [leaf.key, leaf] as const)))
  const first = new Map<string, number>()
  const rows: FormRow[] = []
  const { read } = madeTables([sheet], madeForm(leaves))
  for (const row of read.flatMap(({ laidOut }) => [...(openTable(laidOut, columns, report)?.rows ?? [])])) {
    const key = row.needed('指标编号', asText)
    if (key === undefined || key === totalWord) continue
    const expected = { 单位: form.unit, 周期: form.window } as const
    for (const name of ['单位', '周期'] as const) {
      const value = row.needed(name, asText)
      if (value !== undefined && value !== expected[name])
        row.problem('unknown-word', name, { value, words: expected[name] })
    }
    const leaf = leaves.get(key)
    const before = first.get(key)
    if (!leaf) row.problem('unknown-word', '指标编号', { value: key, words: [...leaves.keys()].join('、') })
    else if (before !== undefined) row.problem('duplicate-mark', '指标编号', { first: before })
    const marks = row.optional('自评分', asEntry)
    const note = row.optional('说明', asNote)
    if (!leaf || marks === undefined || note === undefined) continue
    first.set(key, row.number)
    if (marks !== null && marks !== 'not-applicable' && compare(decimal(marks), decimal(leaf.full)) > 0)
      row.problem('marks-above-full', '自评分', { value: marks, full: leaf.full })
    rows.push({
      leaf: key,
      row: row.number,
      marks: marks === 'not-applicable' ? null : marks,
      notApplicable: marks === 'not-applicable',
      note: note || null,
    })
  }
  return { rows, problems: report.problems }
}
