import type { Day } from '#assessment/day'
import type { Language } from '#assessment/language'
import type { Role } from '#assessment/vocabulary'
import { roles } from '#assessment/vocabulary'
import { z } from 'zod'
import { insertAccount, listAccounts } from '../../db/accounts.ts'
import type { Source } from '../../db/source.ts'
import { listUnits } from '../../db/units.ts'
import { generatePassword, hashPassword } from '../access/password.ts'
import { act, done, nothingDone, type Actor } from '../act.ts'
import type { Deps } from '../deps.ts'
import { madeAccounts, readAccountList, type AccountList } from '../exchange/account-list/account-list.ts'
import { describe as placed } from '../exchange/spreadsheet/messages.ts'
import { nameMap } from '../exchange/spreadsheet/name-map.ts'
import { startReport } from '../exchange/spreadsheet/report.ts'
import { madeTables, type Said } from '../exchange/spreadsheet/made-table.ts'
import { pastedSheet } from '../exchange/spreadsheet/pasted-sheet.ts'
import type { Sheet } from '../exchange/spreadsheet/sheet.ts'
import { questionFields, skippedRow, tablesSchema, tablesView, unreadCell } from '../http/made-table.ts'
import { rowError } from '../http/cell-error.ts'
import { Problem, problemOfParts } from '../http/problem.ts'
import type { PastedOrFile } from '../http/pasted-or-file.ts'
import { bytesOf } from '../http/upload.ts'
import type { InThread } from '../jobs/jobs.ts'
import { readAnyFile } from '../jobs/read-workbook.ts'
import { username } from '../http/wire.ts'
import { additionOf, newAccount, type Person } from './new-account.ts'
import { usernameOf } from './usernames.ts'

/** As many as are granted at once. */
const most = 500

const reportRow = z.object({
  sheet: z.string(),
  row: z.int().nullable(),
  column: z.string().nullable(),
  outcome: z.enum(['new', 'left-out', 'error']),
  code: z.string().optional(),
  message: z.string().optional(),
  ...questionFields,
  name: z.string().optional(),
  role: z.enum(roles).optional(),
  unit: z.string().nullable().optional(),
  username: z.string().optional(),
})
type ReportRow = z.infer<typeof reportRow>
export const accountReportSchema = z
  .object({
    rows: z.array(reportRow),
    counts: z.object({ new: z.int(), leftOut: z.int(), error: z.int() }),
    tables: tablesSchema,
    committed: z.boolean(),
  })
  .meta({ id: 'AccountReport' })
type AccountReport = z.infer<typeof accountReportSchema>

/** How a list is asked for: in which language, what was said of its table, and what reads its file. */
interface Asking {
  readonly language: Language
  readonly said: Said
  readonly today: Day
  readonly inThread: InThread
}

/** The sheets in what was pasted or sent. Throws `file-unreadable`, which says why. */
async function sheetsIn(source: PastedOrFile, { language, inThread }: Asking): Promise<readonly Sheet[]> {
  if ('text' in source) return [pastedSheet(source.text)]
  const reading = await readAnyFile(await bytesOf(source.file), source.file.name, { inThread })
  if (reading.ok) return reading.sheets
  const [first] = reading.problems
  throw new Problem('file-unreadable', { params: { why: first ? placed(first, language) : '' } })
}

const yearOf = (day: Day): number => Number(day.slice(0, 4))
const noList: AccountList = { listed: [], about: new Map() }

/** Every row with who is to have an account, or what is wrong with it. */
async function check(
  db: Source,
  sheets: readonly Sheet[],
  { language, said, today }: Asking,
): Promise<{
  readonly rows: readonly ReportRow[]
  readonly people: readonly Person[]
  readonly tables: AccountReport['tables']
}> {
  const report = startReport()
  const units = nameMap((await listUnits(db)).map((unit) => [unit.name, unit]))
  const made = madeTables(sheets, madeAccounts(units.names(), most), said)
  const [table] = made.read
  if (!table) report.problem('missing-sheet', null)
  const { listed, about } = table ? readAccountList(table.laidOut, report) : noList
  const accounts = await listAccounts(db)
  const taken = new Set(accounts.map((account) => account.username))
  const keyOf = (name: string, role: Role, unitId: string | null) => JSON.stringify([name, role, unitId])
  const there = new Map(
    accounts.map((account) => [keyOf(account.name, account.role, account.unitId), account.username]),
  )

  // Names that were chosen come first: none is taken from its owner by one that is made.
  const chosen = new Map<number, string>()
  for (const { row, username: written, problem } of listed) {
    if (written === null) continue
    const parsed = username.safeParse(written)
    if (!parsed.success) problem('not-a-username', '用户名', { value: written })
    else if (taken.has(parsed.data)) problem('username-there', '用户名', { value: written })
    else {
      taken.add(parsed.data)
      chosen.set(row, parsed.data)
    }
  }
  const sound: { readonly row: ReportRow; readonly person: Person }[] = []
  for (const { sheet: name, row, name: who, role, unit: written, username: asked, problem } of listed) {
    const unit = written === null ? null : units.get(written)
    if (unit === undefined) problem('no-such-unit', '单位', { value: written ?? '' })
    if (unit === undefined || (asked !== null && !chosen.has(row))) continue
    const before = there.get(keyOf(who, role, unit?.id ?? null))
    if (asked === null && before !== undefined) {
      problem('person-there', '姓名', { value: who, username: before })
      continue
    }
    const called = chosen.get(row) ?? (await usernameOf(who, taken))
    there.set(keyOf(who, role, unit?.id ?? null), called)
    sound.push({
      row: {
        sheet: name,
        row,
        column: null,
        outcome: 'new',
        name: who,
        role,
        unit: unit?.name ?? null,
        username: called,
      },
      person: { username: called, name: who, role, unitId: unit?.id ?? null },
    })
  }
  const wrong = report.problems.map((each): ReportRow => ({
    ...(each.row === null ? {} : about.get(each.row)),
    ...unreadCell(each, { units: units.names(), kinds: [], today, year: yearOf(today) }, language),
  }))
  const skipped = made.skipped.map((row): ReportRow => skippedRow(row, language))
  const rows = [...sound.map(({ row }) => row), ...wrong, ...skipped].sort(
    (a, b) => (a.row ?? 0) - (b.row ?? 0),
  )
  if (rows.length === 0) throw new Problem('account-list-empty')
  return { rows, people: sound.map(({ person }) => person), tables: tablesView(sheets, made) }
}

function told(
  { rows, tables }: { readonly rows: readonly ReportRow[]; readonly tables: AccountReport['tables'] },
  committed: boolean,
): AccountReport {
  const count = (counted: ReportRow['outcome']) => rows.filter(({ outcome }) => outcome === counted).length
  const counts = { new: count('new'), leftOut: count('left-out'), error: count('error') }
  return { rows: [...rows], counts, tables, committed }
}

/** What a list of accounts would make, and what is wrong with it; nothing is made. Throws `file-unreadable` and `account-list-empty`. */
export async function checkAccounts(
  { deps }: Pick<Actor, 'deps'>,
  source: PastedOrFile,
  asking: Asking,
): Promise<AccountReport> {
  return told(await check(deps.db, await sheetsIn(source, asking), asking), false)
}

/** Makes all accounts of a list, which wait to be granted, or none. Throws `file-unreadable`, `account-list-empty` and `account-list-invalid`, which names row and reason. */
export async function addAccounts(
  actor: Actor & { readonly deps: Pick<Deps, 'passwordCost'> },
  source: PastedOrFile,
  asking: Asking,
): Promise<AccountReport> {
  const sheets = await sheetsIn(source, asking)
  const passwordHash = await hashPassword(generatePassword(), actor.deps.passwordCost)
  return act(actor, 'account.add', async ({ trx, at }) => {
    const checked = await check(trx, sheets, asking)
    const { rows, people } = checked
    const wrong = rows.filter(({ outcome }) => outcome === 'error')
    if (wrong.length > 0) throw problemOfParts('account-list-invalid', wrong, rowError)
    const made = people.map((person) => newAccount(person, passwordHash, at))
    for (const row of made) await insertAccount(trx, row)
    const report = told(checked, made.length > 0)
    const [first, ...more] = made.map(additionOf)
    return first ? done(report, first, ...more) : nothingDone(report)
  })
}
