/*
 * A scheme is described here, once: every field of it and of its parts, with its unit, what it decides, where the read view shows it and where
 * a workbook holds it. Differences, comparability, the request's schema, 计算规则 and the read view follow this page; a field of `scheme.ts`
 * that it leaves out, or whose unit holds something else, does not compile.
 * Long since it lists all of them.
 */

import type {
  Adjustments,
  Area,
  Clause,
  Component,
  Dimension,
  Grade,
  GroupVariant,
  Indicator,
  LedgerKind,
  Milestone,
  Scheme,
  Severity,
  Window,
} from './scheme.ts'
import type { SchemeSheet, Unit, Values } from './scheme-words.ts'

/** The parts of a scheme. */
interface PartTypes {
  readonly scheme: Scheme
  readonly component: Component
  readonly variant: GroupVariant
  readonly area: Area
  readonly kind: LedgerKind
  readonly severity: Severity
  readonly window: Window
  readonly indicator: Indicator
  readonly dimension: Dimension
  readonly adjustments: Adjustments
  readonly unlock: NonNullable<Adjustments['unlock']>
  readonly grade: Grade
  readonly gradeLine: Grade['groups'][number]
  readonly groupScale: Scheme['groupScales'][number]
  readonly milestone: Milestone
  readonly clause: Clause
}
export type SchemePart = keyof PartTypes

/** The names of fields, by which differences and words call them; `order` = that things stand in another order. */
export const schemeFields = [
  'name',
  'source',
  'method',
  'weight',
  'base',
  'floor',
  'points',
  'ceiling',
  'effect',
  'trigger',
  'provider',
  'rectifyDays',
  'rectifyCount',
  'area',
  'cap',
  'chargedUpward',
  'vetoes',
  'monitorRules',
  'ends',
  'due',
  'missing',
  'full',
  'scoring',
  'scale',
  'evidence',
  'responsible',
  'group',
  'groups',
  'clause',
  'number',
  'text',
  'from',
  'share',
  'count',
  'gainCap',
  'inclusive',
  'decimals',
  'rounding',
  'ties',
  'rankAcrossGroups',
  'appealWithin',
  'publicity',
  'quotaRounding',
  'atLeastOne',
  'tieAcross',
  'english',
  'order',
] as const
export type SchemeField = (typeof schemeFields)[number]

/** What of the results hangs on something: the score of its component, the composite, the grades only; null = wording, days, who verifies. */
export type Reach = 'score' | 'composite' | 'grades' | null

/** Where a field is read: as a column of its part's table, in the words of the read view, or as the heading of the page around it. */
export type Shown = 'column' | 'words' | 'page'

/** A field; without a name of its own it bears that of its property. */
export interface Field<Of extends Unit = Unit> {
  readonly name?: SchemeField
  readonly unit: Of
  /** Whether it may be null. */
  readonly orNone?: true
  /** The most that a count may be, where no check of the scheme says so. */
  readonly most?: number
  readonly decides: Reach
  readonly shown: Shown
  /** Where a workbook holds it: the sheet, unless that of its part, and there the column, or in 计算规则 the row of that name. */
  readonly sheet?: SchemeSheet
  readonly cell: string
}

/** Parts below this one: a list of so many at most, or one or none. */
export interface Below<Part extends SchemePart = SchemePart> {
  readonly part: Part
  readonly most: number | 'one'
}

type Same<One, Other> = [One, Other] extends [Other, One] ? true : false
type UnitOf<Value> = { [Name in Unit]: Same<Values[Name], Value> extends true ? Name : never }[Unit]
type PartOf<Value> = {
  [Part in SchemePart]: Same<PartTypes[Part], Value> extends true ? Part : never
}[SchemePart]
/** What describes a value: 'key' for what tells parts apart for programs only, a field, other parts, or the entries of a value with fields of its own. */
type Entry<Name, Value> = Name extends 'key'
  ? 'key'
  : [NonNullable<Value>] extends [Values[Unit]]
    ? Field<UnitOf<NonNullable<Value>>> &
        (null extends Value ? { orNone: true } : { orNone?: never }) &
        (Name extends SchemeField ? object : { name: SchemeField })
    : NonNullable<Value> extends readonly (infer Item)[]
      ? Below<PartOf<Item>>
      : null extends Value
        ? Below<PartOf<NonNullable<Value>>>
        : Entries<Value>
type Entries<Type> = { readonly [Name in keyof Type]-?: Entry<Name, Type[Name]> }

interface Described<Type> {
  /** What hangs on one that comes or goes. */
  readonly decides: Reach
  /** Whether another order of such parts says anything. */
  readonly ordered: boolean
  /** What tells one from another for programs; null = there is one only. */
  readonly id: 'key' | 'name' | 'group' | 'number' | null
  /** What people call it, if anything. */
  readonly title: 'name' | 'group' | 'number' | null
  readonly sheet: SchemeSheet
  readonly fields: Entries<Pick<Type, keyof Type>>
}
/** A part that is told by its method has entries of its own for each. */
interface DescribedByMethod<Type extends { readonly method: string }> extends Described<Type> {
  readonly byMethod: {
    readonly [Method in Type['method']]: Entries<Omit<Extract<Type, { method: Method }>, keyof Type>>
  }
}

/** A grade's line, for all groups or for one. */
const gradeLine = {
  from: { unit: 'points', orNone: true, decides: 'grades', shown: 'words', cell: '下限分' },
  share: { unit: 'points', orNone: true, decides: 'grades', shown: 'words', cell: '比例' },
  count: { unit: 'count', orNone: true, most: 50_000, decides: 'grades', shown: 'words', cell: '名额' },
} as const

export const schemeParts = {
  scheme: {
    decides: null,
    ordered: true,
    id: null,
    title: null,
    sheet: 'rules',
    fields: {
      name: { unit: 'title', decides: null, shown: 'page', cell: '办法名称' },
      source: { unit: 'clause', decides: null, shown: 'words', cell: '来源' },
      decimals: { unit: 'count', decides: 'composite', shown: 'words', cell: '小数位数' },
      rounding: { unit: 'rounding', decides: 'composite', shown: 'words', cell: '进位' },
      ties: { unit: 'ties', decides: null, shown: 'words', cell: '并列' },
      rankAcrossGroups: { unit: 'across', decides: null, shown: 'words', cell: '排名范围' },
      appealWithin: { unit: 'count', most: 366, decides: null, shown: 'words', cell: '申诉工作日' },
      publicity: { unit: 'publicity', decides: null, shown: 'words', cell: '公开范围' },
      ceiling: { unit: 'points', orNone: true, decides: 'composite', shown: 'words', cell: '总分上限' },
      scale: { unit: 'positive', decides: 'composite', shown: 'words', cell: '满分制' },
      quotas: {
        rounding: {
          name: 'quotaRounding',
          unit: 'shareRounding',
          decides: 'grades',
          shown: 'words',
          cell: '名额取整',
        },
        atLeastOne: { unit: 'flag', decides: 'grades', shown: 'words', cell: '至少一名' },
        tieAcross: { unit: 'tieAcross', decides: 'grades', shown: 'words', cell: '并列跨线' },
      },
      english: { unit: 'english', decides: null, shown: 'words', sheet: 'english', cell: '英文' },
      components: { part: 'component', most: 20 },
      adjustments: { part: 'adjustments', most: 'one' },
      groupScales: { part: 'groupScale', most: 200 },
      grades: { part: 'grade', most: 20 },
      milestones: { part: 'milestone', most: 50 },
      clauses: { part: 'clause', most: 500 },
    },
  },
  component: {
    decides: 'score',
    ordered: true,
    id: 'key',
    title: 'name',
    sheet: 'components',
    fields: {
      key: 'key',
      name: { unit: 'name', decides: null, shown: 'words', cell: '部分' },
      method: { unit: 'method', decides: 'score', shown: 'words', cell: '方式' },
      weight: { unit: 'points', decides: 'composite', shown: 'words', cell: '权重' },
      clause: { unit: 'clause', decides: null, shown: 'words', sheet: 'parts', cell: '依据' },
      variants: { part: 'variant', most: 200 },
      windows: { part: 'window', most: 60 },
    },
    byMethod: {
      deductions: {
        base: { unit: 'points', decides: 'score', shown: 'words', cell: '基准分' },
        floor: { unit: 'points', decides: 'score', shown: 'words', cell: '下限' },
        full: { unit: 'points', orNone: true, decides: 'score', shown: 'words', cell: '满分' },
        ceiling: { unit: 'ceiling', decides: 'score', shown: 'words', cell: '上限' },
        areas: { part: 'area', most: 100 },
        kinds: { part: 'kind', most: 200 },
      },
      'verified-marks': {
        missingWindow: {
          name: 'missing',
          unit: 'missing',
          decides: 'score',
          shown: 'words',
          sheet: 'parts',
          cell: '缺数',
        },
        indicators: { part: 'indicator', most: 200 },
      },
      external: {
        full: { unit: 'decimal', decides: 'score', shown: 'words', cell: '满分' },
        missing: { unit: 'missing', decides: 'score', shown: 'words', sheet: 'parts', cell: '缺数' },
        dimensions: { part: 'dimension', most: 200 },
      },
    },
  },
  variant: {
    decides: 'composite',
    ordered: false,
    id: 'group',
    title: 'group',
    sheet: 'components',
    fields: {
      group: { unit: 'name', decides: 'composite', shown: 'words', cell: '分组' },
      weight: { unit: 'groupWeight', orNone: true, decides: 'composite', shown: 'words', cell: '权重' },
      full: { unit: 'decimal', orNone: true, decides: 'score', shown: 'words', cell: '满分' },
    },
  },
  area: {
    decides: 'score',
    ordered: false,
    id: 'key',
    title: 'name',
    sheet: 'areas',
    fields: {
      key: 'key',
      name: { unit: 'name', decides: null, shown: 'words', cell: '归口' },
      cap: { unit: 'points', orNone: true, decides: 'score', shown: 'words', cell: '上限' },
    },
  },
  kind: {
    decides: 'score',
    ordered: false,
    id: 'key',
    title: 'name',
    sheet: 'kinds',
    fields: {
      key: 'key',
      name: { unit: 'name', decides: null, shown: 'words', cell: '类别' },
      effect: { unit: 'effect', decides: 'score', shown: 'words', sheet: 'kindDetails', cell: '性质' },
      severities: { part: 'severity', most: 50 },
      trigger: { unit: 'trigger', decides: 'score', shown: 'column', cell: '触发' },
      rectifyWithin: {
        days: { name: 'rectifyDays', unit: 'count', decides: 'score', shown: 'column', cell: '整改工作日' },
        count: {
          name: 'rectifyCount',
          unit: 'dayCount',
          decides: 'score',
          shown: 'column',
          cell: '整改工作日',
        },
      },
      provider: { unit: 'name', orNone: true, decides: null, shown: 'column', cell: '提供单位' },
      chargedUpward: {
        unit: 'flag',
        decides: 'score',
        shown: 'column',
        sheet: 'kindDetails',
        cell: '记入上级',
      },
      area: {
        unit: 'name',
        orNone: true,
        decides: 'score',
        shown: 'words',
        sheet: 'kindDetails',
        cell: '归口',
      },
      cap: {
        unit: 'points',
        orNone: true,
        decides: 'score',
        shown: 'words',
        sheet: 'kindDetails',
        cell: '扣分上限',
      },
      vetoes: {
        unit: 'vetoes',
        decides: 'grades',
        shown: 'words',
        sheet: 'kindDetails',
        cell: '一票否决',
      },
      monitorRules: {
        unit: 'names',
        decides: null,
        shown: 'words',
        sheet: 'kindDetails',
        cell: '监测规则',
      },
      clause: { unit: 'clause', decides: null, shown: 'column', sheet: 'kindDetails', cell: '依据' },
    },
  },
  severity: {
    decides: 'score',
    ordered: true,
    id: 'key',
    title: 'name',
    sheet: 'severities',
    fields: {
      key: 'key',
      name: { unit: 'name', decides: null, shown: 'words', cell: '档次' },
      points: { unit: 'points', decides: 'score', shown: 'words', cell: '分值' },
    },
  },
  window: {
    decides: 'score',
    ordered: true,
    id: 'key',
    title: 'name',
    sheet: 'windows',
    fields: {
      key: 'key',
      name: { unit: 'name', decides: null, shown: 'words', cell: '周期' },
      ends: { unit: 'day', orNone: true, decides: 'score', shown: 'words', cell: '止日' },
      due: { unit: 'day', orNone: true, decides: null, shown: 'words', cell: '日' },
      weight: { unit: 'points', orNone: true, decides: 'score', shown: 'words', cell: '权重' },
    },
  },
  indicator: {
    decides: 'score',
    ordered: true,
    id: 'key',
    title: 'name',
    sheet: 'indicators',
    fields: {
      key: 'key',
      name: { unit: 'name', decides: null, shown: 'words', cell: '一级指标' },
      full: { unit: 'decimal', orNone: true, decides: 'score', shown: 'column', cell: '满分' },
      scale: { unit: 'scale', decides: 'score', shown: 'words', cell: '计分方式' },
      scoring: { unit: 'prose', orNone: true, decides: 'score', shown: 'column', cell: '评分标准' },
      evidence: { unit: 'prose', orNone: true, decides: null, shown: 'column', cell: '佐证材料' },
      responsible: { unit: 'name', orNone: true, decides: null, shown: 'column', cell: '责任单位' },
      groups: { unit: 'names', orNone: true, decides: 'score', shown: 'words', cell: '适用分组' },
      clause: { unit: 'clause', orNone: true, decides: null, shown: 'words', cell: '依据' },
      children: { part: 'indicator', most: 200 },
    },
  },
  dimension: {
    decides: 'score',
    ordered: true,
    id: 'key',
    title: 'name',
    sheet: 'dimensions',
    fields: {
      key: 'key',
      name: { unit: 'name', decides: null, shown: 'words', cell: '维度' },
      full: { unit: 'decimal', decides: 'score', shown: 'words', cell: '满分' },
    },
  },
  grade: {
    decides: 'grades',
    ordered: true,
    id: 'name',
    title: 'name',
    sheet: 'grades',
    fields: {
      name: { unit: 'name', decides: 'grades', shown: 'words', cell: '等次' },
      ...gradeLine,
      groups: { part: 'gradeLine', most: 200 },
    },
  },
  gradeLine: {
    decides: 'grades',
    ordered: false,
    id: 'group',
    title: 'group',
    sheet: 'grades',
    fields: {
      group: { unit: 'name', decides: 'grades', shown: 'words', cell: '分组' },
      ...gradeLine,
    },
  },
  adjustments: {
    decides: 'composite',
    ordered: true,
    id: null,
    title: null,
    sheet: 'rules',
    fields: {
      gainCap: { unit: 'points', orNone: true, decides: 'composite', shown: 'words', cell: '总分加分上限' },
      unlock: { part: 'unlock', most: 'one' },
      clause: { unit: 'clause', decides: null, shown: 'words', cell: '总分加减依据' },
      areas: { part: 'area', most: 100 },
      kinds: { part: 'kind', most: 200 },
    },
  },
  unlock: {
    decides: 'composite',
    ordered: true,
    id: null,
    title: null,
    sheet: 'rules',
    fields: {
      from: { unit: 'points', decides: 'composite', shown: 'words', cell: '总分加分启用线' },
      inclusive: { unit: 'flag', decides: 'composite', shown: 'words', cell: '启用线含本数' },
    },
  },
  groupScale: {
    decides: 'composite',
    ordered: false,
    id: 'group',
    title: 'group',
    sheet: 'rules',
    fields: {
      group: { unit: 'name', decides: 'composite', shown: 'words', cell: '分组' },
      scale: { unit: 'positive', decides: 'composite', shown: 'words', cell: '满分制' },
    },
  },
  milestone: {
    decides: null,
    ordered: true,
    id: 'key',
    title: 'name',
    sheet: 'milestones',
    fields: {
      key: 'key',
      name: { unit: 'name', decides: null, shown: 'words', cell: '事项' },
      due: { unit: 'day', decides: null, shown: 'column', cell: '日' },
      clause: { unit: 'clause', decides: null, shown: 'column', cell: '依据' },
    },
  },
  clause: {
    decides: null,
    ordered: true,
    id: 'number',
    title: 'number',
    sheet: 'clauses',
    fields: {
      number: { unit: 'title', decides: null, shown: 'words', cell: '条款' },
      text: { unit: 'prose', decides: null, shown: 'words', cell: '内容' },
    },
  },
} as const satisfies {
  readonly [Part in SchemePart]: PartTypes[Part] extends { readonly method: string }
    ? DescribedByMethod<PartTypes[Part]>
    : Described<PartTypes[Part]>
}

/** The properties of a part that its table in the read view has a column for. */
export type ColumnOf<Part extends SchemePart, Fields = (typeof schemeParts)[Part]['fields']> = {
  [Name in keyof Fields]: Fields[Name] extends
    { readonly shown: 'column' } | Readonly<Record<string, { readonly shown: 'column' }>>
    ? Name
    : never
}[keyof Fields]
