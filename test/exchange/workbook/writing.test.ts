import ExcelJS from 'exceljs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { assess } from '#assessment/score/assess'
import { canonicalJson } from '#assessment/canonical-json'
import { chargingOf } from '#assessment/score/charging'
import type { Facts, FindingFact } from '#assessment/score/facts'
import { municipal } from '#assessment/presets/municipal'
import { presetKeys, presets } from '#assessment/presets/registry'
import { kindsIn, type Component, type LedgerKind, type Scheme, type Window } from '#assessment/rule/scheme'
import { announcedCalendar } from '../../../db/holidays.ts'
import type { Book } from '../../../server/exchange/workbook/book.ts'
import { factsOf, ledgerEntry } from '../../../server/exchange/workbook/ledger-entry.ts'
import { parseBook } from '../../../server/exchange/workbook/parse-book.ts'
import { saidDifferently } from '#assessment/rule/scheme-diff'
import { writeBook } from '../../../server/exchange/workbook/write-workbook.ts'
import { writeResult } from '../../../server/exchange/workbook/write-result.ts'
import { writeTemplate } from '../../../server/exchange/workbook/write-template.ts'
import { overPreset, smallYear, workbookOf } from '../../fixtures/workbooks.ts'

const calendar = announcedCalendar()

async function bookOf(bytes: Buffer, scheme?: Scheme): Promise<Book> {
  const reading = await parseBook(
    bytes,
    scheme ? { ...overPreset, base: scheme, baseIsPreset: false } : overPreset,
  )
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems.slice(0, 3)))
  return reading.book
}

const open = async (bytes: Buffer): Promise<ExcelJS.Workbook> => {
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load(bytes as unknown as ArrayBuffer)
  return workbook
}

const name = fc
  .tuple(
    fc.constantFrom(
      '甲',
      '乙',
      '=1+1',
      '+丙',
      '-丁',
      '@戊',
      '_x0041_',
      '<&">',
      'ａ',
      '1.50',
      '#N/A',
      'TRUE',
      '己 庚',
      '2017-03-05',
    ),
    fc.string({ maxLength: 4, unit: fc.constantFrom('市', '县', 'x', '0', '，', '😀') }),
  )
  .map(([head, tail]) => head + tail)
const names = (minLength: number, maxLength: number) => fc.uniqueArray(name, { minLength, maxLength })
const day = fc
  .integer({ min: 0, max: 700 })
  .map((count) => new Date(Date.UTC(2017, 0, 1 + count)).toISOString().slice(0, 10))
const orNull = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null })
const cents = (max: number) => fc.integer({ min: 0, max })
const decimalUpTo = (full: number) =>
  fc.integer({ min: 0, max: full * 10_000 }).map((units) => String(units / 10_000))

const kindOf = (kindName: string): fc.Arbitrary<LedgerKind> =>
  fc.record({
    key: fc.constant(kindName),
    name: fc.constant(kindName),
    effect: fc.constantFrom('loss' as const, 'gain' as const),
    severities: fc.tuple(cents(1000), fc.boolean(), cents(1000)).map(([points, two, second]) =>
      two
        ? [
            { key: '一般', name: '一般', points },
            { key: '严重', name: '严重', points: second },
          ]
        : [{ key: 'usual', name: '', points }],
    ),
    trigger: fc.constantFrom('at-once' as const, 'if-not-rectified' as const),
    provider: orNull(name),
    rectifyWithin: fc.record({
      days: fc.nat(40),
      count: fc.constantFrom('working' as const, 'calendar' as const),
    }),
    area: fc.constant(null),
    cap: orNull(fc.integer({ min: 1, max: 2000 })),
    chargedUpward: fc.constant(true),
    vetoes: fc.constant([]),
    monitorRules: fc.constant([]),
    clause: fc.constant(''),
  })

const halves: Window[] = [
  {
    key: 'H1',
    name: '上半年',
    ends: { yearOffset: 0, month: 6, day: 30 },
    due: { yearOffset: 0, month: 7, day: 15 },
    weight: null,
  },
  {
    key: 'H2',
    name: '下半年',
    ends: { yearOffset: 0, month: 12, day: 31 },
    due: { yearOffset: 1, month: 1, day: 15 },
    weight: null,
  },
]
const observed = {
  key: '指标二',
  name: '指标二',
  full: '10',
  scoring: null,
  scale: {
    type: 'levels' as const,
    levels: [
      { word: '优', marks: '10' },
      { word: '差', marks: '0' },
    ],
  },
  evidence: null,
  responsible: null,
  groups: null,
  clause: null,
  children: [],
}

/** Neither deadline nor rectification comes before the notice, nor without one. */
const after = (notice: string | null, then: string | null): string | null =>
  notice === null || then === null ? null : then < notice ? notice : then

/** Components named apart, whose kinds are named apart too. */
const componentsOf = (kindNames: readonly string[]): fc.Arbitrary<Component[]> => {
  const common = (key: string) => ({
    key: fc.constant(key),
    name: fc.constant(key),
    weight: fc.integer({ min: 1, max: 9999 }),
    variants: fc.constantFrom(
      [],
      [{ group: '县区', weight: 'not-applicable' as const, full: null }],
      [{ group: '市直', weight: 1200, full: null }],
    ),
    clause: fc.constant(''),
  })
  const half = Math.ceil(kindNames.length / 2)
  const deductions = (key: string, own: readonly string[]) =>
    fc.record({
      ...common(key),
      method: fc.constant('deductions' as const),
      base: cents(15_000).map((points) => points + 5000),
      floor: cents(5000),
      full: fc.constantFrom(null, 15_000),
      ceiling: fc.constantFrom('full' as const, 'none' as const, 16_000),
      windows: fc.constantFrom([], halves),
      areas: fc.constant([]),
      kinds: fc.tuple(...own.map(kindOf)),
    })
  return fc
    .tuple(
      deductions('日常', kindNames.slice(0, half)),
      deductions('安全', kindNames.slice(half)),
      fc.record({
        ...common('自查'),
        method: fc.constant('verified-marks' as const),
        windows: fc.constant(halves),
        indicators: fc.constant([observed]),
        missingWindow: fc.constant('pending' as const),
      }),
      fc.record({
        ...common('问卷/甲'),
        method: fc.constant('external' as const),
        full: fc.constantFrom('100', '150', '7.5'),
        windows: fc.constantFrom([], halves),
        dimensions: fc.constant([]),
        missing: fc.constant('pending' as const),
      }),
      fc.boolean(),
    )
    .map(([first, second, self, external, two]) =>
      two ? [first, second, self, external] : [first, external, self],
    )
}

const schemes: fc.Arbitrary<Scheme> = names(2, 5).chain((kindNames) =>
  fc
    .record({
      components: componentsOf(kindNames),
      grades: fc.uniqueArray(fc.integer({ min: 1, max: 9999 }), { maxLength: 3 }),
      total: orNull(kindOf('表彰')),
    })
    .map(({ components, grades, total }) => ({
      ...municipal,
      name: '工作簿考核办法',
      source: '',
      components,
      adjustments: total && { areas: [], kinds: [total], gainCap: 500, unlock: null, clause: '' },
      grades: [...grades.sort((a, b) => b - a), 0].map((from, index) => ({
        name: `等次${index}`,
        from,
        share: null,
        count: null,
        groups: [],
      })),
    })),
)

const amendedTo = (moved: {
  readonly unit: string
  readonly on: string
  readonly deadline: string | null
  readonly kind: { readonly key: string; readonly severity: string | null }
}): FindingFact => ({
  type: 'decided',
  outcome: 'amended',
  on: moved.on,
  kind: moved.kind.key,
  unitId: moved.unit,
  ...(moved.kind.severity !== null && { severity: moved.kind.severity }),
  ...(moved.deadline !== null && moved.deadline >= moved.on && { deadline: moved.deadline }),
})

const bookArbitrary = fc.tuple(schemes, names(1, 6)).chain(([scheme, unitNames]) => {
  const [first = ''] = unitNames
  const unit = fc.constantFrom(...unitNames)
  const kinds = kindsIn(scheme).flatMap(({ key, severities }) =>
    severities.map((severity) => ({ key, severity: severities.length > 1 ? severity.key : null })),
  )
  const external = scheme.components.find(({ method }) => method === 'external')
  const externalWindows = external && external.windows.length > 0 ? ['H1', 'H2'] : [null]
  const marksOf = (leaf: boolean) =>
    fc.record({
      leaf: fc.constant(leaf),
      marks: orNull(decimalUpTo(10)),
      claimed: orNull(decimalUpTo(10)),
      notApplicable: fc.boolean(),
      observation: fc.constantFrom(null, '优', '差'),
    })
  return fc
    .record({
      parents: fc.tuple(
        ...unitNames.map((_, index) => (index === 0 ? fc.constant(null) : orNull(fc.nat(index - 1)))),
      ),
      groups: fc.tuple(...unitNames.map(() => fc.constantFrom('县区', '市直', '=组'))),
      taking: fc.tuple(...unitNames.map(() => fc.boolean())),
      findings: fc.array(
        fc.record({
          kind: fc.constantFrom(...kinds),
          unit,
          what: fc.oneof(fc.constant(''), name),
          notifiedOn: fc.option(day, { nil: null, freq: 9 }),
          deadline: orNull(day),
          rectifiedOn: orNull(day),
          review: fc.constantFrom(null, 'accepted' as const, 'rejected' as const),
          revokedOn: orNull(day),
          movedTo: fc.option(
            fc.record({ unit, kind: fc.constantFrom(...kinds), on: day, deadline: orNull(day) }),
            { nil: null },
          ),
        }),
        { maxLength: 12 },
      ),
      windows: fc.uniqueArray(fc.tuple(unit, fc.constantFrom('H1', 'H2'), fc.boolean().chain(marksOf)), {
        maxLength: 8,
        selector: ([who, window]) => `${window}${who}`,
      }),
      external: fc.uniqueArray(
        fc.tuple(
          unit,
          fc.oneof(orNull(decimalUpTo(7)), fc.constant('not-applicable' as const)),
          fc.constantFrom(...externalWindows),
        ),
        { maxLength: 5, selector: ([who, , window]) => `${window}${who}` },
      ),
    })
    .map(({ parents, groups, taking, findings, windows, external }): { scheme: Scheme; facts: Facts } => {
      const takes = (who: string): boolean => who === first || taking[unitNames.indexOf(who)] === true
      // Everyone answers to the first unit in the end, so that nothing is charged to nobody.
      const units = unitNames.map((unitName, index) => ({
        id: unitName,
        name: unitName,
        parentId: index === 0 ? null : (unitNames[parents[index] ?? 0] ?? null),
      }))
      const participants = unitNames.flatMap((unitId, index) =>
        takes(unitId) ? [{ unitId, group: groups[index] ?? '县区' }] : [],
      )
      const { numbering } = chargingOf(units, participants)
      const given = new Map<string, number>()
      const next = (within: string): string => {
        given.set(within, (given.get(within) ?? 0) + 1)
        return `2017-${given.get(within)}`
      }
      return {
        scheme,
        facts: {
          units,
          participants,
          // Numbers count within the unit charged, and stay when an amendment moves the finding to another.
          findings: findings.map(({ kind, unit: unitId, what, movedTo, ...rest }, index) => ({
            id: String(index),
            number: next(numbering(unitId)),
            numberedUnitId: numbering(unitId),
            kind: kind.key,
            severity: kind.severity,
            unitId,
            what,
            facts: [
              ...factsOf({
                kind: kind.key,
                severity: kind.severity,
                unitId,
                what,
                ...rest,
                deadline: after(rest.notifiedOn, rest.deadline),
                rectifiedOn: after(rest.notifiedOn, rest.rectifiedOn),
                review: rest.rectifiedOn === null ? null : rest.review,
              }),
              ...(movedTo === null || rest.notifiedOn === null ? [] : [amendedTo(movedTo)]),
            ],
          })),
          verified: windows
            .filter(([who]) => takes(who))
            .map(([unitId, window, { leaf, marks, claimed, notApplicable, observation }]) => ({
              unitId,
              component: '自查',
              window,
              leaf: leaf ? (observation === null ? '指标一' : '指标二') : null,
              full: leaf && observation === null ? '12.5' : '10',
              marks: notApplicable ? 'not-applicable' : marks,
              observation: leaf ? observation : null,
              claimed,
              on: null,
            })),
          external: external
            .filter(([who]) => takes(who))
            .map(([unitId, marks, window]) => ({
              unitId,
              component: '问卷/甲',
              window,
              dimension: null,
              marks,
              on: null,
            })),
          closed: [],
          extensions: [],
          submissions: [],
          year: 2017,
        },
      }
    })
})

test('a written workbook reads back as the same scheme, facts and standings', async () => {
  await fc.assert(
    fc.asyncProperty(bookArbitrary, async ({ scheme, facts }) => {
      const { scheme: readScheme, facts: readFacts } = await bookOf(await writeBook({ scheme, facts }))
      expect(readScheme).toEqual(scheme)
      expect(saidDifferently(scheme, readScheme)).toEqual([])
      // Ledgers stand sheet by sheet; each row's place in the workbook is its id.
      const withoutIds = (all: Facts['findings']) =>
        all.map((finding) => canonicalJson({ ...finding, id: '' })).sort()
      expect(withoutIds(readFacts.findings)).toEqual(withoutIds(facts.findings))
      expect({ ...readFacts, findings: [] }).toEqual({ ...facts, findings: [] })
      expect(assess(readScheme, readFacts, '2017-12-31', calendar).standings).toEqual(
        assess(scheme, facts, '2017-12-31', calendar).standings,
      )
    }),
    { numRuns: 100 },
  )
}, 60_000)

/** A year with all that a row cannot tell. */
const eventful: Facts = {
  units: [
    { id: '甲局', name: '甲局', parentId: null },
    { id: '乙局', name: '乙局', parentId: null },
  ],
  participants: [
    { unitId: '甲局', group: '市直部门' },
    { unitId: '乙局', group: '市直部门' },
  ],
  findings: [
    {
      id: '平时考核台账!2',
      number: '2017-001',
      numberedUnitId: '甲局',
      kind: '专项督查',
      severity: null,
      unitId: '甲局',
      what: '',
      facts: [
        { type: 'notified', on: '2017-03-01', deadline: '2017-03-20' },
        { type: 'extended', on: '2017-03-10', deadline: '2017-04-10' },
        { type: 'submitted', on: '2017-04-01' },
        { type: 'rejected', on: '2017-04-06' },
        { type: 'appealed', on: '2017-04-12' },
        {
          type: 'decided',
          on: '2017-05-02',
          outcome: 'amended',
          kind: '举报查实',
          unitId: '乙局',
          deadline: '2017-05-23',
        },
      ],
    },
  ],
  verified: [
    ['60', '2017-08-01'],
    ['70', '2017-09-01'],
  ].map(([marks = '', on = '']) => ({
    unitId: '甲局',
    component: 'self',
    window: 'H1',
    leaf: null,
    full: '100',
    marks,
    observation: null,
    claimed: null,
    on,
  })),
  external: [
    {
      unitId: '甲局',
      component: 'third-party',
      window: null,
      dimension: null,
      marks: '80',
      on: '2018-01-20',
    },
  ],
  closed: [{ component: 'self', window: 'H1', on: '2017-07-16' }],
  extensions: [{ component: 'self', window: 'H1', unitId: '乙局', due: '2017-07-31', on: '2017-07-14' }],
  submissions: [{ unitId: '甲局', component: 'self', window: 'H1', on: '2017-07-10' }],
  year: 2017,
}

test('how a year came about is written beside its rows, and every day of it reads back', async () => {
  const { facts, latestDay } = await bookOf(await writeBook({ scheme: municipal, facts: eventful }))
  expect(facts).toEqual(eventful)
  expect(latestDay).toBe('2018-01-20')
})

test('a row changed by hand counts against its course, and a warning says so', async () => {
  const workbook = await open(await writeBook({ scheme: municipal, facts: eventful }))
  const ledger = workbook.getWorksheet('平时考核台账') as ExcelJS.Worksheet
  const columnOf = (sheet: ExcelJS.Worksheet, header: string) =>
    (sheet.getRow(1).values as string[]).indexOf(header)
  ledger.getRow(2).getCell(columnOf(ledger, '撤销日期')).value = '2017-06-01'
  const marks = workbook.getWorksheet('自我考核') as ExcelJS.Worksheet
  marks.getRow(2).getCell(columnOf(marks, '核查得分')).value = 99
  const reading = await parseBook(Buffer.from(await workbook.xlsx.writeBuffer()), overPreset)
  expect(reading.warnings.map(({ code, sheet, row }) => [code, sheet, row])).toEqual([
    ['course-differs', '平时考核台账', 2],
    ['marks-differ', '自我考核', 2],
  ])
  expect(reading.ok && reading.book.facts.findings[0]?.facts.at(-1)).toEqual({
    type: 'decided',
    on: '2017-06-01',
    outcome: 'revoked',
  })
  expect(reading.ok && reading.book.facts.verified.map(({ marks: given }) => given)).toEqual(['99'])
})

test('what users typed is written as text, never as a formula', async () => {
  const evil = '=HYPERLINK("http://x","y")'
  const facts: Facts = {
    units: [{ id: 'u', name: evil, parentId: null }],
    participants: [{ unitId: 'u', group: '@SUM(1)' }],
    findings: [
      {
        id: 'f',
        number: '+1',
        kind: '举报查实',
        severity: null,
        unitId: 'u',
        what: '-1+1',
        facts: [{ type: 'notified', on: '2017-03-05', deadline: null }],
      },
    ],
    verified: [],
    external: [],
    closed: [],
    submissions: [],
  }
  const assessed = assess(municipal, facts, '2017-12-31', calendar)
  for (const bytes of [
    await writeBook({ scheme: municipal, facts }),
    await writeResult(assessed, municipal),
  ]) {
    const workbook = await open(bytes)
    const types = workbook.worksheets.flatMap((sheet) =>
      (sheet.getSheetValues() as unknown[]).flatMap((_, row) => {
        const found: ExcelJS.ValueType[] = []
        if (row > 0) sheet.getRow(row).eachCell((cell) => found.push(cell.type))
        return found
      }),
    )
    expect(types).not.toContain(ExcelJS.ValueType.Formula)
  }
  const sheet = (await open(await writeResult(assessed, municipal))).getWorksheet('综合成绩')
  expect([sheet?.getCell('A2').value, sheet?.getCell('C2').value, sheet?.getCell('C2').numFmt]).toEqual([
    '@SUM(1)',
    evil,
    '@',
  ])
})

test.each(presetKeys)('the template of preset %s is a workbook as it stands', async (key) => {
  const scheme = presets[key]
  const book = await bookOf(await writeTemplate(scheme), scheme)
  expect(saidDifferently(scheme, book.scheme)).toEqual([])
  expect(assess(book.scheme, book.facts, '2030-01-01', calendar).standings).toHaveLength(1)
})

test('the template locks its headers, offers drop-downs and checks dates and numbers', async () => {
  const workbook = await open(await writeTemplate())
  expect(workbook.worksheets.map(({ name }) => name)).toEqual([
    '说明',
    '考核办法',
    '等次',
    '扣分类别',
    '考核对象',
    '平时考核台账',
    '自我考核',
    '第三方评估',
  ])
  const ledger = workbook.getWorksheet('平时考核台账')
  if (!ledger) throw new Error('no ledger')
  const at = (header: string): number => (ledger.getRow(1).values as string[]).indexOf(header)
  expect(ledger.getCell(1, at('单位')).protection?.locked).not.toBe(false)
  expect(ledger.getCell(2, at('单位')).protection?.locked).toBe(false)
  expect(ledger.getCell(2, at('单位')).dataValidation).toMatchObject({
    type: 'list',
    formulae: ["'考核对象'!$A$2:$A$5001"],
  })
  expect(ledger.getCell(2, at('扣分类别')).dataValidation).toMatchObject({
    type: 'list',
    formulae: ["'扣分类别'!$A$2:$A$5001"],
  })
  expect(ledger.getCell(2, at('核查结果')).dataValidation).toMatchObject({
    type: 'list',
    formulae: ['"通过,不通过"'],
  })
  expect(ledger.getCell(2, at('通知日期')).dataValidation).toMatchObject({ type: 'date' })
  expect(workbook.getWorksheet('考核办法')?.getCell('C2').dataValidation).toMatchObject({ type: 'decimal' })
})

test('the result holds the ranking, each deduction and how it was computed', async () => {
  const { scheme, facts } = await bookOf(await workbookOf(smallYear))
  const bytes = await writeResult(assess(scheme, facts, '2017-12-31', calendar), scheme, {
    warnings: ['看这里'],
  })
  const workbook = await open(bytes)
  const rows = (name: string) =>
    ((workbook.getWorksheet(name)?.getSheetValues() ?? []) as unknown[][]).slice(1).map((row) => row.slice(1))
  expect(rows('综合成绩')).toEqual([
    ['分组', '名次', '单位', '平时考核', '自我考核', '第三方评估', '综合成绩', '等次', '待定部分'],
    ['县区', 1, '清河县政府', 98.5, 88.5, 83.5, 90, '优秀'],
    ['市直部门', 1, '市水务局', 100, 85.71, 85.72, 90, '优秀'],
  ])
  expect(rows('扣分明细')[1]?.slice(0, 7)).toEqual([
    '清河县政府',
    '县区',
    '平时考核',
    '平时考核台账!2',
    '清河县教育局',
    '上级检查通报',
    '栏目三个月未更新',
  ])
  expect(rows('说明').flat()).toEqual(
    expect.arrayContaining([
      '看这里',
      expect.stringContaining('0.30 × 98.50 + 0.40 × 88.50 + 0.30 × 83.50 = 90.00 → 优秀'),
    ]),
  )
})

test('a finding with a longer history comes down to the row that counts the same', () => {
  const entry = ledgerEntry({
    id: 'f',
    number: '1',
    kind: '专项督查',
    severity: '严重',
    unitId: 'u',
    what: 'x',
    facts: [
      { type: 'notified', on: '2017-03-01', deadline: '2017-03-10' },
      { type: 'extended', on: '2017-03-05', deadline: '2017-03-20' },
      { type: 'submitted', on: '2017-03-08' },
      { type: 'rejected', on: '2017-03-09' },
      { type: 'submitted', on: '2017-03-11' },
      { type: 'withdrawn', on: '2017-03-12' },
      { type: 'submitted', on: '2017-03-19' },
      { type: 'accepted', on: '2017-03-25' },
      { type: 'submitted', on: '2017-03-28' },
      { type: 'appealed', on: '2017-03-29' },
      { type: 'decided', on: '2017-04-01', outcome: 'amended', kind: '举报查实', unitId: 'v' },
      { type: 'reversed', on: '2017-05-01' },
      { type: 'decided', on: '2017-04-15', outcome: 'revoked' },
    ],
  })
  expect(entry).toEqual({
    kind: '举报查实',
    severity: null,
    unitId: 'v',
    what: 'x',
    notifiedOn: '2017-03-01',
    deadline: '2017-03-20',
    rectifiedOn: '2017-03-19',
    review: 'accepted',
    revokedOn: '2017-04-15',
  })
  const waiting = { kind: 'k', severity: null, unitId: 'u', what: '' }
  expect(ledgerEntry({ id: 'f', number: '1', ...waiting, facts: [] })).toEqual({
    ...waiting,
    notifiedOn: null,
    deadline: null,
    rectifiedOn: null,
    review: null,
    revokedOn: null,
  })
})
