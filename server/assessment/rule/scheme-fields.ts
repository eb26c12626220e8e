import type {
  BonusRule,
  Component,
  DeductionKind,
  Dimension,
  ExcellenceQuota,
  Grade,
  Indicator,
  Milestone,
  RuleDay,
  Scheme,
  Window,
} from './scheme.ts'
import {
  acrossWords,
  yesNoWords,
  type SchemeSheet,
  type Vocabularies,
  type Vocabulary,
} from './scheme-words.ts'

/*
 * A scheme is described here, once: every field of it and of its parts, with its unit, what it decides, where the read view shows it and where
 * a workbook holds it. Differences, comparability, the request's schema, 计算规则, the sheets of details and the read view follow this page;
 * a field of `scheme.ts` that it leaves out does not compile.
 */

/** The parts of a scheme. */
interface PartTypes {
  readonly scheme: Scheme
  readonly component: Component
  readonly kind: DeductionKind
  readonly window: Window
  readonly indicator: Indicator
  readonly dimension: Dimension
  readonly grade: Grade
  readonly bonus: BonusRule
  readonly quota: ExcellenceQuota
  readonly milestone: Milestone
}
export type SchemePart = keyof PartTypes

/** What of the results hangs on something: a component's score, with it the composite, the grades only; null = wording, days, who verifies. */
export type Reach = 'component' | 'composite' | 'grades' | null

/** Where the read view shows a field: heading its part, in a caption or a sentence, in a column or a note of a table, among the options. */
export type Shown = 'heading' | 'caption' | 'sentence' | 'column' | 'note' | 'option' | null

/** Where a workbook holds a field: a column of a sheet, or in 计算规则 the row of that name. */
export interface Cell<Sheet extends SchemeSheet = SchemeSheet, Column extends string = string> {
  readonly sheet: Sheet
  readonly column: Column
}

/** What a field holds. Points and shares are in hundredths. */
export type Unit =
  | { readonly type: 'text'; readonly most: number; readonly needed?: true }
  /** An exact decimal as text. */
  | { readonly type: 'decimal' }
  | { readonly type: 'points' }
  | { readonly type: 'count'; readonly least: number; readonly most: number }
  | { readonly type: 'flag'; readonly words: { readonly yes: string; readonly no: string } }
  | { readonly type: 'word'; readonly vocabulary: Vocabulary }
  /** A day fixed by the rule. */
  | { readonly type: 'day' }
  /** Names of groups. */
  | { readonly type: 'names' }

export interface Field<Name extends string = string, Of extends Unit = Unit, None extends boolean = boolean> {
  readonly entry: 'field'
  /** As differences and words call it. */
  readonly name: Name
  readonly unit: Of
  readonly decides: Reach
  readonly shown: Shown
  readonly cell: Cell
  /** Whether it may be null. */
  readonly orNone: None
}

/** What tells a part from others of its list, for programs: no rule says it and no difference tells it. */
interface Key {
  readonly entry: 'key'
  readonly cell: Cell
}

/** Fields that are one thing to readers, such as a number of days and how they count. */
interface Group<Fields> {
  readonly entry: 'group'
  readonly shown: Shown
  readonly fields: Fields
}

/** Other parts below this one: a list of so many at most, or one or none. */
interface Below<Part extends SchemePart = SchemePart> {
  readonly entry: 'parts' | 'part'
  readonly part: Part
  readonly most: number
}

type VocabularyFor<Value> = {
  [Name in Vocabulary]: [Vocabularies[Name], Value] extends [Value, Vocabularies[Name]] ? Name : never
}[Vocabulary]
type UnitFor<Value> = [Value] extends [RuleDay]
  ? { readonly type: 'day' }
  : [Value] extends [readonly string[]]
    ? { readonly type: 'names' }
    : [Value] extends [boolean]
      ? Extract<Unit, { type: 'flag' }>
      : [Value] extends [number]
        ? Extract<Unit, { type: 'points' | 'count' }>
        : string extends Value
          ? Extract<Unit, { type: 'text' | 'decimal' }>
          : { readonly type: 'word'; readonly vocabulary: VocabularyFor<Value> }

type PartOf<Type> = {
  [Part in SchemePart]: [PartTypes[Part], Type] extends [Type, PartTypes[Part]] ? Part : never
}[SchemePart]
type Entry<Value> = string extends Value
  ? Key | Field<string, UnitFor<Value>, false>
  : [NonNullable<Value>] extends [RuleDay | readonly string[] | string | number | boolean]
    ? Field<string, UnitFor<NonNullable<Value>>, null extends Value ? true : false>
    : NonNullable<Value> extends readonly (infer Item)[]
      ? Below<PartOf<Item>>
      : null extends Value
        ? Below<PartOf<NonNullable<Value>>>
        : Group<Entries<Value>>
type Entries<Type> = { readonly [Name in keyof Type]-?: Entry<Type[Name]> }

/** A part told by its method has entries of its own for each. */
interface Described<Type> {
  /** What hangs on one that comes or goes. */
  readonly decides: Reach
  /** Whether another order of such parts says anything. */
  readonly ordered: boolean
  /** What tells one from another, and what people call it; null = there is one only. */
  readonly id: 'key' | 'name' | null
  readonly title: 'name' | null
  readonly fields: Entries<Pick<Type, keyof Type>>
}
interface DescribedByMethod<Type extends { readonly method: string }> extends Described<Type> {
  readonly byMethod: {
    readonly [Method in Type['method']]: Entries<Omit<Extract<Type, { method: Method }>, keyof Type>>
  }
}

const text = <const Most extends number>(most: Most) => ({ type: 'text', most }) as const
const name = text(200)
const clause = text(500)
const decimal = { type: 'decimal' } as const
const points = { type: 'points' } as const
const count = (least: number, most: number) => ({ type: 'count', least, most }) as const
const flag = (words: { readonly yes: string; readonly no: string }) => ({ type: 'flag', words }) as const
const word = <const Name extends Vocabulary>(vocabulary: Name) => ({ type: 'word', vocabulary }) as const
const day = { type: 'day' } as const
const names = { type: 'names' } as const

const field = <
  const Name extends string,
  const Of extends Unit,
  const Place extends Shown,
  const Sheet extends SchemeSheet,
  const Column extends string,
>(
  name: Name,
  unit: Of,
  decides: Reach,
  shown: Place,
  sheet: Sheet,
  column: Column,
) => ({
  entry: 'field' as const,
  name,
  unit,
  decides,
  shown,
  cell: { sheet, column } as Cell<Sheet, Column>,
  orNone: false as const,
})
const orNone = <const Plain extends Field>({ orNone: _, ...plain }: Plain) => ({
  ...plain,
  orNone: true as const,
})
const group = <Fields>(shown: Shown, fields: Fields) => ({ entry: 'group' as const, shown, fields })
const parts = <const Part extends SchemePart>(part: Part, most: number) => ({
  entry: 'parts' as const,
  part,
  most,
})
const onePart = <const Part extends SchemePart>(part: Part) => ({ entry: 'part' as const, part, most: 1 })
const ownKey = <const Sheet extends SchemeSheet>(sheet: Sheet) => field('key', key, null, null, sheet, '标识')

export const schemeParts = {
  scheme: {
    decides: null,
    ordered: true,
    id: null,
    title: null,
    fields: {
      name: field('name', { ...name, needed: true }, null, 'heading', 'rules', '办法名称'),
      source: field('source', clause, null, 'caption', 'rules', '来源'),
      decimals: field(
        'decimals',
        count(-100_000_000, 100_000_000),
        'composite',
        'option',
        'rules',
        '小数位数',
      ),
      rounding: field('rounding', word('rounding'), 'composite', 'option', 'rules', '进位'),
      ties: field('ties', word('ties'), null, 'option', 'rules', '并列'),
      rankAcrossGroups: field('rankAcrossGroups', flag(acrossWords), null, 'option', 'rules', '排名范围'),
      appealWithin: field('appealWithin', count(0, 366), null, 'option', 'rules', '申诉工作日'),
      publicity: field('publicity', word('publicity'), null, 'option', 'rules', '公开范围'),
      components: parts('component', 20),
      grades: parts('grade', 20),
      milestones: parts('milestone', 50),
      bonus: onePart('bonus'),
      excellenceQuota: onePart('quota'),
    },
  },
  component: {
    decides: 'component',
    ordered: true,
    id: 'key',
    title: 'name',
    fields: {
      key: ownKey('parts'),
      name: field('name', name, null, 'heading', 'components', '部分'),
      method: field('method', word('method'), 'component', 'caption', 'components', '方式'),
      weight: field('weight', points, 'composite', 'caption', 'components', '权重'),
      clause: field('clause', clause, null, 'caption', 'parts', '依据'),
    },
    byMethod: {
      deductions: {
        base: field('base', points, 'component', 'sentence', 'components', '基准分'),
        floor: field('floor', points, 'component', 'sentence', 'components', '下限'),
        kinds: parts('kind', 200),
      },
      'verified-marks': {
        missingWindow: field('missing', word('missing'), 'component', 'sentence', 'parts', '缺数'),
        windows: parts('window', 12),
        indicators: parts('indicator', 200),
      },
      external: {
        full: field('full', decimal, 'component', 'sentence', 'components', '满分'),
        missing: field('missing', word('missing'), 'component', 'sentence', 'parts', '缺数'),
        dimensions: parts('dimension', 200),
      },
    },
  },
  kind: {
    decides: 'component',
    ordered: false,
    id: 'key',
    title: 'name',
    fields: {
      key: ownKey('kindDetails'),
      name: field('name', name, null, 'heading', 'kinds', '类别'),
      points: field('points', points, 'component', 'column', 'kinds', '每项扣分'),
      trigger: field('trigger', word('trigger'), 'component', 'column', 'kinds', '触发'),
      rectifyWithin: group('column', {
        days: field(
          'rectifyDays',
          count(-100_000_000, 100_000_000),
          'component',
          'column',
          'kinds',
          '整改工作日',
        ),
        count: field('rectifyCount', word('dayCount'), 'component', 'column', 'kinds', '整改工作日'),
      }),
      provider: orNone(field('provider', name, null, 'column', 'kinds', '提供单位')),
      chargedUpward: field(
        'chargedUpward',
        flag(yesNoWords),
        'component',
        'column',
        'kindDetails',
        '记入上级',
      ),
      cap: orNone(field('cap', points, 'component', 'note', 'kindDetails', '扣分上限')),
      veto: orNone(field('veto', name, 'grades', 'note', 'kindDetails', '一票否决')),
      clause: field('clause', clause, null, 'column', 'kindDetails', '依据'),
    },
  },
  window: {
    decides: 'component',
    ordered: true,
    id: 'key',
    title: 'name',
    fields: {
      key: ownKey('windows'),
      name: field('name', name, null, 'sentence', 'windows', '周期'),
      due: field('due', day, null, 'sentence', 'windows', '日'),
    },
  },
  indicator: {
    decides: 'component',
    ordered: true,
    id: 'key',
    title: 'name',
    fields: {
      key: ownKey('indicators'),
      name: field('name', name, null, 'heading', 'indicators', '一级指标'),
      full: orNone(field('full', decimal, 'component', 'column', 'indicators', '满分')),
      scoring: orNone(field('scoring', text(2000), 'component', 'column', 'indicators', '评分标准')),
      evidence: orNone(field('evidence', text(2000), null, 'column', 'indicators', '佐证材料')),
      responsible: orNone(field('responsible', name, null, 'column', 'indicators', '责任单位')),
      groups: orNone(field('groups', names, 'component', 'note', 'indicators', '适用分组')),
      clause: orNone(field('clause', clause, null, 'column', 'indicators', '依据')),
      children: parts('indicator', 200),
    },
  },
  dimension: {
    decides: 'component',
    ordered: true,
    id: 'key',
    title: 'name',
    fields: {
      key: ownKey('dimensions'),
      name: field('name', name, null, 'sentence', 'dimensions', '维度'),
      full: field('full', decimal, 'component', 'sentence', 'dimensions', '满分'),
    },
  },
  grade: {
    decides: 'grades',
    ordered: true,
    id: 'name',
    title: 'name',
    fields: {
      name: field('name', name, null, 'heading', 'grades', '等次'),
      from: field('from', points, 'grades', 'column', 'grades', '下限分'),
    },
  },
  bonus: {
    decides: 'composite',
    ordered: true,
    id: null,
    title: 'name',
    fields: {
      name: field('name', name, null, 'option', 'rules', '加分'),
      unlockedFrom: field('unlockedFrom', points, 'composite', 'option', 'rules', '加分起点'),
      cap: field('cap', points, 'composite', 'option', 'rules', '加分上限'),
      clause: field('clause', clause, null, 'option', 'rules', '加分依据'),
    },
  },
  quota: {
    decides: 'grades',
    ordered: true,
    id: null,
    title: null,
    fields: {
      percent: field('percent', points, 'grades', 'option', 'rules', '优秀比例'),
      clause: field('clause', clause, null, 'option', 'rules', '优秀比例依据'),
    },
  },
  milestone: {
    decides: null,
    ordered: true,
    id: 'key',
    title: 'name',
    fields: {
      key: ownKey('milestones'),
      name: field('name', name, null, 'heading', 'milestones', '事项'),
      due: field('due', day, null, 'column', 'milestones', '日'),
      clause: field('clause', clause, null, 'column', 'milestones', '依据'),
    },
  },
} satisfies {
  readonly [Part in SchemePart]: PartTypes[Part] extends { readonly method: string }
    ? DescribedByMethod<PartTypes[Part]>
    : Described<PartTypes[Part]>
}

type FieldsIn<Described> = Described extends { readonly entry: 'field' }
  ? Described
  : Described extends object
    ? { [Name in keyof Described]: FieldsIn<Described[Name]> }[keyof Described]
    : never
type AnyField = FieldsIn<typeof schemeParts>
type KeysIn<Described> = Described extends { readonly entry: 'key' }
  ? Described
  : Described extends object
    ? { [Name in keyof Described]: KeysIn<Described[Name]> }[keyof Described]
    : never

/** A field by its name in differences; `order` = that things stand in another order. */
export type SchemeField = AnyField['name'] | 'order'
/** The columns, or in 计算规则 the rows, that hold the fields of a sheet. */
export type ColumnOf<Sheet extends SchemeSheet> = AnyField | KeysIn<typeof schemeParts> extends infer One
  ? One extends { readonly cell: Cell<Sheet, infer Column> }
    ? Column
    : never
  : never
/** Names of the fields of a part that the read view shows in a place. */
export type FieldShown<Part extends SchemePart, Place extends Shown> =
  FieldsIn<(typeof schemeParts)[Part]> extends infer One
    ? One extends { readonly name: infer Name; readonly shown: Place }
      ? Name
      : never
    : never
