import type { Decimal, Hundredths, Rounding } from '../rational.ts'
import type {
  DayCount,
  DeductionsComponent,
  Effect,
  GroupVariant,
  LeafScale,
  Method,
  MissingValue,
  Publicity,
  RuleDay,
  ScaleType,
  ShareRounding,
  TieAcross,
  TieRule,
  Veto,
} from './scheme.ts'
import { triggerMeaning, type Trigger } from './trigger.ts'

/** The vocabularies of a scheme by name. */
export interface Vocabularies {
  readonly method: Method
  readonly effect: Effect
  readonly trigger: Trigger
  readonly dayCount: DayCount
  readonly missing: MissingValue
  readonly rounding: Rounding
  readonly ties: TieRule
  readonly publicity: Publicity
  readonly shareRounding: ShareRounding
  readonly tieAcross: TieAcross
  readonly scaleType: ScaleType
}
export type Vocabulary = keyof Vocabularies

/** What a field of a scheme may hold, by its unit. */
export interface Values extends Vocabularies {
  /** A short text that may be blank; `title` may not. */
  readonly name: string
  readonly title: string
  readonly clause: string
  readonly prose: string
  readonly decimal: Decimal
  /** Also weights and shares. */
  readonly points: Hundredths
  /** Points above 0. */
  readonly positive: Hundredths
  readonly count: number
  readonly flag: boolean
  /** Whether one ranking holds all groups. */
  readonly across: boolean
  readonly day: RuleDay
  /** Of groups, or of monitor rules. */
  readonly names: readonly string[]
  /** A number, the full marks, or none. */
  readonly ceiling: DeductionsComponent['ceiling']
  /** Of a part for one group, which may have no such part. */
  readonly groupWeight: NonNullable<GroupVariant['weight']>
  readonly scale: LeafScale
  readonly vetoes: readonly Veto[]
  /** English words by the Chinese ones. */
  readonly english: Readonly<Record<string, string>>
}
export type Unit = keyof Values

const wordsOf = <Key extends string>(meaning: Readonly<Record<Key, { readonly word: string }>>) =>
  Object.fromEntries((Object.keys(meaning) as Key[]).map((key) => [key, meaning[key].word])) as Readonly<
    Record<Key, string>
  >

/** Each word as a workbook writes it. */
export const workbookWords: {
  readonly [Name in Vocabulary]: Readonly<Record<Vocabularies[Name], string>>
} = {
  method: { deductions: '扣分制', 'verified-marks': '核查得分', external: '外部评分' },
  trigger: wordsOf(triggerMeaning),
  dayCount: { working: '工作日', calendar: '自然日' },
  missing: { pending: '待定', zero: '记0分' },
  rounding: { 'half-up': '四舍五入', 'half-even': '四舍六入五成双', down: '截去' },
  ties: { competition: '1、2、2、4', dense: '1、2、2、3' },
  publicity: {
    'own-grade': '本单位等次',
    'own-result': '本单位得分和名次',
    'full-table': '全部名次',
  },
  effect: { loss: '扣分', gain: '加分' },
  shareRounding: { down: '舍去', nearest: '四舍五入', up: '进一' },
  tieAcross: { out: '都不入', in: '都入' },
  scaleType: { free: '自由', levels: '分档', steps: '阶梯', rate: '比率', checklist: '清单' },
}

/** The same for what is so or not. */
export const flagWords = {
  flag: { yes: '是', no: '否' },
  across: { yes: '全部单位统一排名', no: '各分组分别排名' },
} as const
interface EffectMeaning {
  /** As a noun, and in a sentence. */
  readonly word: string
  readonly verb: string
  /** There is something to rectify. */
  readonly isRectified: boolean
}
/** What an entry does wherever more hangs on it than the sign of its points. */
export const effectMeaning: Readonly<Record<Effect, EffectMeaning>> = {
  loss: { word: workbookWords.effect.loss, verb: '扣', isRectified: true },
  gain: { word: workbookWords.effect.gain, verb: '加', isRectified: false },
}
/** Where a kind counts. */
export const countsInWords = { part: '本部分', total: '总分' } as const
/** 不设: no limit. */
export const unlimited = '不设'
/** 不适用: does not apply. */
export const notApplicable = '不适用'
/** 末位: the veto that ranks behind all others. */
export const lastVeto = '末位'
/** 总分: the ledger beside the components. */
export const totalWord = '总分'
/** Of a day fixed by the rule, by its distance from the assessed year. */
export const yearWords = ['当年', '次年', '第三年'] as const

/** The sheets of a workbook that count a scheme, and those that hold what it says beyond them. */
export const mainSheets = { components: '考核办法', grades: '等次', kinds: '扣分类别' } as const
export const detailSheets = {
  parts: '部分细则',
  kindDetails: '扣分细则',
  severities: '档次',
  areas: '归口上限',
  windows: '周期',
  dimensions: '评分维度',
  indicators: '指标体系',
  milestones: '时间节点',
  rules: '计算规则',
  clauses: '条款',
  english: '英文名称',
} as const
export const schemeSheets = { ...mainSheets, ...detailSheets }
export type DetailSheet = keyof typeof detailSheets
export type SchemeSheet = keyof typeof schemeSheets
