import type { Facts } from '#assessment/score/facts'
import { municipal } from '#assessment/presets/municipal'
import type { Sheets } from '../fixtures/workbooks.ts'

const kinds = municipal.components.flatMap((component) =>
  component.method === 'deductions' ? component.kinds : [],
)
const two = (value: number) => String(value).padStart(2, '0')
const dayAt = (index: number) => `2017-${two((index % 12) + 1)}-${two((index % 28) + 1)}`
const markAt = (index: number) => (60 + ((index * 37) % 4000) / 100).toFixed(2)
const unitAt = (index: number) => `市第${index + 1}局`

/** A made-up year as facts: every unit with marks, findings spread over units, kinds and days. */
export function largeYear(units: number, findings: number): Facts {
  const ids = Array.from({ length: units }, (_, index) => unitAt(index))
  return {
    units: ids.map((id) => ({ id, name: id, parentId: null })),
    participants: ids.map((unitId) => ({ unitId, group: '市直部门' })),
    findings: Array.from({ length: findings }, (_, index) => ({
      id: `f${index}`,
      number: `2017-${index}`,
      kind: kinds[index % kinds.length]?.key as string,
      severity: null,
      unitId: unitAt(index % units),
      what: `第${index}件`,
      facts: [{ type: 'notified', on: dayAt(index), deadline: null }],
    })),
    verified: ids.flatMap((unitId, index) =>
      ['H1', 'H2'].map((window, half) => ({
        unitId,
        component: 'self',
        window,
        leaf: null,
        full: '100',
        marks: markAt(index * 2 + half),
        claimed: null,
        on: null,
      })),
    ),
    external: ids.map((unitId, index) => ({
      unitId,
      component: 'third-party',
      window: null,
      dimension: null,
      marks: markAt(index * 3),
      on: null,
    })),
    closed: [],
    submissions: [],
  }
}

/** The same year as a workbook's sheets. */
export function largeYearSheets(units: number, findings: number): Sheets {
  const year = largeYear(units, findings)
  const names = new Map(kinds.map((kind) => [kind.key, kind.name]))
  return {
    考核对象: [['单位', '分组'], ...year.participants.map(({ unitId, group }) => [unitId, group])],
    平时考核台账: [
      ['单位', '扣分类别', '事由', '通知日期'],
      ...year.findings.map(({ unitId, kind, what, facts }) => [
        unitId,
        names.get(kind) as string,
        what,
        facts[0]?.on as string,
      ]),
    ],
    自我考核: [
      ['单位', '周期', '核查得分'],
      ...year.verified.map(({ unitId, window, marks }) => [
        unitId,
        window === 'H1' ? '上半年' : '下半年',
        Number(marks),
      ]),
    ],
    第三方评估: [['单位', '得分'], ...year.external.map(({ unitId, marks }) => [unitId, Number(marks)])],
  }
}
