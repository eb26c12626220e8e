import type ExcelJS from 'exceljs'
import { municipal } from '../../assessment/presets/municipal.ts'
import type { Facts, VerifiedMark } from '../../assessment/score/facts.ts'
import {
  externalComponents,
  leavesOf,
  ledgersOf,
  verifiedComponents,
  type Scheme,
} from '../../assessment/rule/scheme.ts'
import { triggerMeaning } from '../../assessment/rule/trigger.ts'
import { bookSheets, type BookSheet } from './book-sheets.ts'
import { factsOf } from './ledger-entry.ts'
import { notApplicable, sheetNames, sheetOf } from './sheet-columns.ts'
import { type Column } from '../spreadsheet/column.ts'
import { addNotes, bytesOf, newWorkbook } from '../spreadsheet/sheet-writer.ts'
import { addBookSheet } from './write-workbook.ts'

/** Rows prepared for filling in. */
const preparedRows = 5000

const unit = '示例县政府'
const bureau = '示例县教育局'

/** One row of each kind, to show how it is done. */
function exampleFacts(scheme: Scheme, year: number): Facts {
  return {
    units: [
      { id: unit, name: unit, parentId: null },
      { id: bureau, name: bureau, parentId: unit },
    ],
    participants: [{ unitId: unit, group: '县区' }],
    findings: ledgersOf(scheme).flatMap(({ ledger: { kinds } }, index) => {
      const kind = kinds.find(({ trigger }) => triggerMeaning[trigger].hasDeadline) ?? kinds[0]
      return kind
        ? [
            {
              id: `example-${index}`,
              number: `${year}-${String(index + 1).padStart(3, '0')}`,
              kind: kind.key,
              severity: null,
              unitId: bureau,
              what: '示例：请改写或删除这一行',
              facts: factsOf({
                kind: kind.key,
                severity: null,
                unitId: bureau,
                what: '',
                notifiedOn: `${year}-03-05`,
                deadline: `${year}-03-26`,
                rectifiedOn: `${year}-03-20`,
                review: 'accepted',
                revokedOn: null,
              }),
            },
          ]
        : []
    }),
    verified: verifiedComponents(scheme).flatMap(({ key, windows: [window], indicators }): VerifiedMark[] => {
      const [leaf] = leavesOf(indicators)
      const mark = { unitId: unit, component: key, window: window?.key ?? '', on: null }
      return leaf?.full
        ? [{ ...mark, leaf: leaf.key, full: leaf.full, claimed: leaf.full, marks: leaf.full }]
        : [{ ...mark, leaf: null, full: '100', claimed: null, marks: '88.5' }]
    }),
    external: externalComponents(scheme).map(({ key, windows: [window], dimensions: [dimension] }) => ({
      unitId: unit,
      component: key,
      window: window?.key ?? null,
      dimension: dimension?.key ?? null,
      marks: dimension?.full ?? '83.5',
      on: null,
    })),
    closed: [],
    submissions: [],
  }
}

/** The typings of exceljs leave this out. */
interface WithValidations {
  readonly dataValidations: { add(range: string, rule: ExcelJS.DataValidation): void }
}

const refusing = (
  title: string,
  error: string,
): Pick<
  ExcelJS.DataValidation,
  'allowBlank' | 'showErrorMessage' | 'errorStyle' | 'errorTitle' | 'error'
> => ({
  allowBlank: true,
  showErrorMessage: true,
  errorStyle: 'stop',
  errorTitle: title,
  error,
})

const listed = (sheet: string, letter: string): string =>
  `'${sheet}'!$${letter}$2:$${letter}$${preparedRows + 1}`

/** Where the choices of a column are listed, in the workbook itself. */
function sourceOf(sheets: readonly BookSheet[], sheet: BookSheet, name: string): string | undefined {
  const at = (from: string, column: string): string | undefined => {
    const index =
      sheets.find((one) => one.name === from)?.columns.findIndex(([other]) => other === column) ?? -1
    return index === -1 ? undefined : listed(from, String.fromCharCode(65 + index))
  }
  if (name === '上级单位' || (name === '单位' && sheet.name !== sheetNames.units))
    return at(sheetNames.units, '单位')
  if (name === '扣分类别') return at(sheetNames.kinds, '类别')
  return undefined
}

function ruleOf(
  name: string,
  { content, about }: Column,
  source: string | undefined,
  words: readonly string[] | undefined,
): ExcelJS.DataValidation | undefined {
  const prompt = { showInputMessage: true, promptTitle: name, prompt: about }
  if (source) return { ...prompt, ...refusing(name, '请从列表中选择。'), type: 'list', formulae: [source] }
  const choices = words ?? (typeof content === 'object' ? content : undefined)
  if (choices)
    return {
      ...prompt,
      ...refusing(name, `只能填写：${choices.join('、')}。`),
      type: 'list',
      formulae: [`"${choices.join(',')}"`],
    }
  if (content === 'day') {
    const first = new Date('2000-01-01T00:00:00Z')
    const last = new Date('2099-12-31T00:00:00Z')
    return {
      ...prompt,
      ...refusing(name, '请填写日期，例如 2017-03-05。'),
      type: 'date',
      operator: 'between',
      formulae: [first, last],
    }
  }
  if (content === 'number') {
    return {
      ...prompt,
      ...refusing(name, '请填写数字。'),
      type: 'decimal',
      operator: 'between',
      formulae: [-1_000_000, 1_000_000],
    }
  }
  return undefined
}

/** Marks are numbers from 0, or 不适用 for one indicator. */
function marksRule(name: string, letter: string, about: string): ExcelJS.DataValidation {
  const cell = `${letter}2`
  return {
    showInputMessage: true,
    promptTitle: name,
    prompt: about,
    ...refusing(name, `请填写不小于 0 的数字，或“${notApplicable}”。`),
    type: 'custom',
    formulae: [`OR(${cell}="${notApplicable}",AND(ISNUMBER(${cell}),${cell}>=0))`],
  }
}

async function addFillableSheet(
  workbook: ExcelJS.Workbook,
  scheme: Scheme,
  sheets: readonly BookSheet[],
  sheet: BookSheet,
): Promise<void> {
  const worksheet = addBookSheet(workbook, sheet)
  const component = scheme.components.find((one) => sheetOf(one) === sheet.name)
  const { dataValidations } = worksheet as ExcelJS.Worksheet & WithValidations
  sheet.columns.forEach(([name, column], index) => {
    const letter = String.fromCharCode(65 + index)
    const words = name === '周期' ? component?.windows.map((window) => window.name) : undefined
    const rule =
      column.content === 'marks'
        ? marksRule(name, letter, column.about)
        : ruleOf(name, column, sourceOf(sheets, sheet, name), words)
    if (rule) dataValidations.add(`${letter}2:${letter}${preparedRows + 1}`, rule)
  })
  // Without a password: it guards against slips, not against people.
  await worksheet.protect('', {
    selectLockedCells: true,
    selectUnlockedCells: true,
    formatCells: true,
    formatColumns: true,
    formatRows: true,
    insertRows: true,
    deleteRows: true,
    sort: true,
    autoFilter: true,
  })
}

function notes(sheets: readonly BookSheet[]): string[] {
  return [
    '# 考核工作簿填写说明',
    '每个工作表的第一行是列名，已锁定；列的先后不影响读取，多余的列不读取。请把示例行改写或清空后填写。',
    '日期填写真正的日期或写成 2017-03-05；分数填写数字；有下拉列表的单元格请从列表中选择。',
    '除“考核对象”外的工作表都可以删去：没有“考核办法”“等次”“扣分类别”时按市级考核办法（平时考核 30、自我考核 40、第三方评估 30）计算。',
    '扣分制部分的台账叫“部分名称+台账”，其他部分的工作表与部分同名。',
    '自我考核可以每个周期填一个“核查得分”，也可以逐项填写“指标”“满分”“核查分”；同一单位同一周期只用一种。',
    '带 * 的列必须填写。',
    ...sheets.flatMap(({ name, columns }) => [
      `# ${name}`,
      ...columns.map(([column, { needed, about }]) => `${column}${needed ? ' *' : ''}：${about}`),
    ]),
    '# 计算',
    '填好后运行 npm run score -- 工作簿.xlsx，或在网页“导入”中上传。',
  ]
}

/**
 * Writes a workbook to fill in: locked headers, drop-downs, date and number validation, one example row for each kind of
 * fact, and 说明. It is a valid workbook as it stands.
 */
export async function writeTemplate(scheme: Scheme = municipal): Promise<Buffer> {
  const workbook = newWorkbook()
  const facts = exampleFacts(scheme, new Date().getFullYear())
  const sheets = bookSheets(scheme, facts)
  addNotes(workbook, sheetNames.notes, notes(sheets))
  for (const sheet of sheets) await addFillableSheet(workbook, scheme, sheets, sheet)
  return bytesOf(workbook)
}
