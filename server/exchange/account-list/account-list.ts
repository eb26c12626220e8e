import { belongsToUnit, roles, type Role } from '../../assessment/vocabulary.ts'
import { textOf, word } from '../spreadsheet/cell.ts'
import type { Column } from '../spreadsheet/column.ts'
import type { MadeSubject } from '../spreadsheet/made-table.ts'
import type { Report } from '../spreadsheet/report.ts'
import type { Sheet } from '../spreadsheet/sheet.ts'
import { asText, openTable, type Parser } from '../spreadsheet/table.ts'

/** What the roles are called in a list of accounts, first as the pages call them. */
export const roleWords: Readonly<Record<Role, readonly string[]>> = {
  office: ['考核办', 'Assessment office', '考核办公室'],
  agency: ['提供单位、责任单位', 'Providing or responsible unit', '提供单位', '责任单位'],
  editor: ['填报员', 'Unit editor', '填报人', '联络员'],
  head: ['单位负责人', 'Head of unit', '负责人'],
  leader: ['领导', 'Leader'],
  system: ['系统管理员', 'System administrator'],
  security: ['安全管理员', 'Security administrator'],
  audit: ['审计管理员', 'Audit administrator'],
}
const roleOf = new Map(roles.flatMap((role) => roleWords[role].map((words) => [word(words), role] as const)))

const asRole: Parser<Role> = (cell) => {
  const role = roleOf.get(word(textOf(cell)))
  const words = roles.map((each) => roleWords[each][0]).join('、')
  return role === undefined
    ? { refused: 'unknown-word', params: { value: textOf(cell), words } }
    : { value: role }
}

/** The columns of a list of accounts; people write other headers for the same. */
const columns = {
  姓名: {
    needed: true,
    content: 'text',
    aliases: ['名字', '人员', '人员姓名', 'Name'],
    about: '账号由谁使用',
  },
  单位: {
    needed: true,
    content: 'text',
    aliases: ['单位名称', '所属单位', '工作单位', '部门', 'Unit'],
    about: '与单位名录一致；三员留空',
  },
  角色: {
    needed: true,
    content: roles.map((role) => roleWords[role][0] ?? role),
    aliases: ['Role'],
    about: '',
  },
  用户名: {
    needed: false,
    content: 'text',
    aliases: ['账号', '登录名', 'Username'],
    about: '空白时按姓名拼音',
  },
} as const satisfies Readonly<Record<string, Column>>
type Name = keyof typeof columns

const longestName = 64

/** A list of accounts as people make it; `units` are the names of the units. */
export function madeAccounts(units: readonly string[], most: number): MadeSubject<Name> {
  const names = new Set(units.map(word))
  const headings = (name: Name) => ({ headings: columns[name].aliases })
  return {
    first: '姓名',
    key: '姓名',
    most,
    sheetNames: [],
    columns: {
      姓名: headings('姓名'),
      单位: { ...headings('单位'), fits: (text) => names.has(word(text)) },
      角色: { ...headings('角色'), fits: (text) => roleOf.has(word(text)) },
      用户名: headings('用户名'),
    },
  }
}

/** Somebody who is to have an account. */
export interface ListedAccount {
  readonly sheet: string
  readonly row: number
  readonly name: string
  readonly role: Role
  /** As written; null for roles that belong to none. */
  readonly unit: string | null
  /** Null = one is made of the name. */
  readonly username: string | null
  /** Says what is wrong with this row beside what reading it finds. */
  readonly problem: (
    code: 'no-such-unit' | 'not-a-username' | 'username-there' | 'person-there',
    column: Name,
    params: { readonly value: string; readonly username?: string },
  ) => void
}

/** A list of accounts as it was read, and by row whom each row is about, as far as it says so, whatever is wrong with it. */
export interface AccountList {
  readonly listed: readonly ListedAccount[]
  readonly about: ReadonlyMap<
    number,
    { readonly name?: string | undefined; readonly unit?: string | null | undefined }
  >
}

/** Reads a list of accounts by its headers; what cannot be read is in the report. */
export function readAccountList(sheet: Sheet, report: Report): AccountList {
  const table = openTable(sheet, columns, report)
  const listed: ListedAccount[] = []
  const about = new Map<number, { name: string | undefined; unit: string | null | undefined }>()
  for (const row of table?.rows ?? []) {
    const name = row.needed('姓名', asText)
    const role = row.needed('角色', asRole)
    const written = row.optional('单位', asText)
    const username = row.optional('用户名', asText)
    about.set(row.number, { name, unit: written })
    if (name !== undefined && name.length > longestName) {
      row.problem('too-long-text', '姓名', { most: longestName })
      continue
    }
    if (role !== undefined && belongsToUnit[role] && written === null) row.problem('blank-cell', '单位')
    if (role !== undefined && !belongsToUnit[role] && written) row.problem('unit-without-place', '单位')
    if (name === undefined || role === undefined || written === undefined || username === undefined) continue
    if (belongsToUnit[role] !== (written !== null)) continue
    listed.push({
      sheet: sheet.name,
      row: row.number,
      name,
      role,
      unit: written,
      username,
      problem: (code, column, params) => row.problem(code, column, params),
    })
  }
  return { listed, about }
}
