import { isDay } from '../../assessment/day.ts'
import { typedText } from '../../assessment/typed.ts'
import type { MadeSubject } from '../spreadsheet/made-table.ts'
import { nameMap } from '../spreadsheet/name-map.ts'
import type { ledgerColumns } from './sheet-columns.ts'

const looksLikeDay = (text: string): boolean =>
  isDay(text) || /^\d{4}[-./年]\d{1,2}[-./月]\d{1,2}[日号]?$|^\d{1,2}月\d{1,2}[日号]?$/.test(typedText(text))

interface Known {
  /** Names of units. */
  readonly units: readonly string[]
  /** Names of deduction kinds. */
  readonly kinds: readonly string[]
  /** Names of the sheets of a workbook that hold ledgers. */
  readonly sheetNames: readonly string[]
  readonly most: number
}

/** A ledger as people make it: their own headings, in any order, 档次 only where it has one. */
export function madeLedger({
  units,
  kinds,
  sheetNames,
  most,
}: Known): MadeSubject<keyof typeof ledgerColumns> {
  const [unitNames, kindNames] = [units, kinds].map((names) => nameMap(names.map((name) => [name, name])))
  return {
    first: '单位',
    key: '单位',
    most,
    sheetNames,
    columns: {
      编号: { headings: ['问题编号'] },
      单位: {
        headings: ['单位名称', '被考核单位', '考核对象', '责任单位', '部门', 'Unit'],
        fits: (text) => unitNames?.has(text) ?? false,
      },
      扣分类别: {
        headings: ['类别', '问题类别', '问题类型', '扣分项目', '扣分项', '类型', 'Kind'],
        fits: (text) => kindNames?.has(text) ?? false,
      },
      事由: {
        headings: [
          '问题',
          '存在问题',
          '问题描述',
          '具体问题',
          '扣分事由',
          '扣分原因',
          '内容',
          '情况说明',
          'What',
        ],
        prose: true,
      },
      通知日期: {
        headings: ['通报日期', '下发日期', '通知时间', '通报时间', '日期', 'Notified'],
        fits: looksLikeDay,
      },
      整改期限: { headings: ['整改时限', '期限', '限期', '截止日期', '整改截止', 'Deadline'] },
      整改日期: { headings: ['整改完成日期', '完成日期', '报送日期'] },
      核查结果: { headings: ['核查'] },
      撤销日期: { headings: [] },
      档次: { headings: ['等级'] },
    },
  }
}
