import { exactly, hundredths } from '../../assessment/rational.ts'
import { vetoText } from '../../assessment/rule/rule-texts.ts'
import {
  ledgersOf,
  type Adjustments,
  type Component,
  type DeductionsComponent,
  type GradeLine,
  type Ledger,
  type LedgerKind,
  type Scheme,
  type TieAcross,
  type TieRule,
  type Window,
} from '../../assessment/rule/scheme.ts'
import { effectMeaning, workbookWords } from '../../assessment/rule/scheme-words.ts'
import { triggerMeaning } from '../../assessment/rule/trigger.ts'
import type { Assessed, Scorecard } from '../../assessment/score/scorecard.ts'

const points = (value: number): string => exactly(hundredths(value))

function kindNote({ name, effect, severities, cap, vetoes }: LedgerKind): string {
  const { verb } = effectMeaning[effect]
  const each =
    severities.length === 1
      ? `每项${verb} ${points(severities[0]?.points ?? 0)} 分`
      : `每项${verb}${severities.map((severity) => `${severity.name} ${points(severity.points)} 分`).join('、')}`
  return [
    `${name}${each}`,
    ...(cap === null ? [] : [`最多${verb} ${points(cap)} 分`]),
    ...(vetoes.length === 0 ? [] : [`一票否决（${vetoText(vetoes)}）`]),
  ].join('，')
}

/** Kinds of a ledger with their points, and the areas that share a cap. */
const ledgerNote = ({ kinds, areas }: Ledger): string =>
  [
    ...kinds.map(kindNote),
    ...areas.flatMap(({ name, cap }) => (cap === null ? [] : [`${name}归口合计最多 ${points(cap)} 分`])),
  ].join('；')

function windowsNote(windows: readonly Window[]): string {
  const weighted = windows.some(({ weight }) => weight !== null)
  return windows
    .map(({ name, weight }) => (weighted ? `${name}（权重 ${points(weight ?? 0)}）` : name))
    .join('、')
}

function limitsNote({ base, floor, full, ceiling }: DeductionsComponent): string {
  const most =
    ceiling === 'none' ? '不设上限' : `不高于 ${points(ceiling === 'full' ? (full ?? base) : ceiling)} 分`
  const divided = full === null ? '' : `，再除以满分 ${points(full)} 乘以 100`
  return `${points(base)} 分减去扣分、加上加分，不低于 ${points(floor)} 分，${most}${divided}`
}

function methodNote(component: Component): string {
  const perWindow = component.windows.length === 0 ? '' : `${windowsNote(component.windows)}各`
  const mean = component.windows.length === 0 ? '' : '，再按周期权重平均'
  switch (component.method) {
    case 'deductions':
      return `${perWindow}按 ${limitsNote(component)} 计算${mean}。${ledgerNote(component)}。`
    case 'verified-marks':
      return `${perWindow}按核查分之和 ÷ 适用指标满分之和 × 100 计算${mean}；缺少任何一个周期或核查分即为待定。`
    case 'external':
      return `${perWindow}按得分 ÷ ${component.full} × 100 计算${mean}；没有得分即为待定。`
  }
}

function variantsNote({ variants }: Component): string {
  return variants
    .map(({ group, weight, full }) => {
      if (weight === 'not-applicable') return `${group}不考核这一部分`
      const parts = [
        ...(weight === null ? [] : [`权重 ${points(weight)}`]),
        ...(full === null ? [] : [`满分 ${full}`]),
      ]
      return `${group}${parts.join('、')}`
    })
    .map((text) => `${text}。`)
    .join('')
}

const componentNote = (component: Component): string =>
  `${component.name}（${workbookWords.method[component.method]}，权重 ${points(component.weight)}）：${methodNote(component)}${variantsNote(component)}`

function adjustmentsNote({ unlock, gainCap, ...ledger }: Adjustments): string {
  const when =
    unlock === null
      ? ''
      : `加减前的综合成绩${unlock.inclusive ? '达到' : '高于'} ${points(unlock.from)} 分的才加分；`
  const most = gainCap === null ? '' : `加分最多 ${points(gainCap)} 分；`
  return `总分加减：在综合成绩上加减。${when}${most}${ledgerNote(ledger)}。`
}

const lineNote = ({ from, share, count }: GradeLine): string =>
  [
    ...(from === null ? [] : [`${points(from)} 分以上（含）`]),
    ...(share === null ? [] : [`不超过参评单位的 ${points(share)}%`]),
    ...(count === null ? [] : [`不超过 ${count} 个`]),
  ].join('、')

const acrossWords: Readonly<Record<TieAcross, string>> = {
  out: '都不入该等次',
  in: '都入该等次',
}

function gradesNote({ grades, quotas }: Scheme): string {
  const bands = grades.map((grade, at) => {
    if (at === grades.length - 1) return `其余为${grade.name}`
    const groups = grade.groups.map((line) => `${line.group}${lineNote(line)}`)
    return `${grade.name} ${[lineNote(grade), ...groups].join('；')}`
  })
  const quota = grades.some(({ share, count, groups }) =>
    [{ share, count }, ...groups].some((line) => line.share !== null || line.count !== null),
  )
    ? `名额按名次由先到后使用，比例折成名额时${workbookWords.shareRounding[quotas.rounding]}${quotas.atLeastOne ? '、至少一名' : ''}，并列跨线的${acrossWords[quotas.tieAcross]}。`
    : ''
  return `等次按舍入后的综合成绩确定：${bands.join('；')}。${quota}`
}

/** One unit's composite spelled out, e.g. 0.30 × 98.50 + … = 90.00. */
function equation({ unit, components, adjustment, scale, composite, grade }: Scorecard): string {
  const terms = components.map(({ share, score }) => `${share} × ${score}`).join(' + ')
  const scaled = scale === 10_000 ? terms : `（${terms}） × ${points(scale)} ÷ 100`
  const adjusted = adjustment?.value == null ? '' : `，总分加减 ${adjustment.value}`
  return `例：${unit} ${scaled}${adjusted} = ${composite}${grade === null ? '' : ` → ${grade}`}（式中各数为显示值，计算用未经舍入的值）。`
}

const triggerNotes = Object.values(triggerMeaning)
  .map(({ word, toldInFull }) => `“${word}”类${toldInFull}`)
  .join('；')

const tieNotes: Readonly<Record<TieRule, string>> = {
  competition: '其后名次顺延（1、2、2、4）',
  dense: '其后名次不空缺（1、2、2、3）',
}

/** What an interim standing rests on, group by group. */
const interimNotes = ({ interim }: Assessed): string[] =>
  interim === null
    ? []
    : [
        '以下为阶段成绩：只按已有结果的部分计算，不是最终结果，不定等次。',
        ...Object.entries(interim).map(
          ([group, { basis, share }]) =>
            `${group}：${basis.length === 0 ? '尚无可计算的部分' : `按${basis.join(' + ')}计算，共占 ${share}%`}。`,
        ),
      ]

function scaleNotes({ scale, groupScales, ceiling }: Scheme): string[] {
  const groups = groupScales.map((each) => `${each.group} ${points(each.scale)} 分`)
  const scaled = scale !== 10_000 || groups.length > 0
  return [
    ...(scaled ? [`综合成绩按满分制折算：${[`${points(scale)} 分`, ...groups].join('；')}。`] : []),
    ...(ceiling === null ? [] : [`综合成绩最高 ${points(ceiling)} 分。`]),
  ]
}

/** 说明: how a result was computed, line by line. */
export function resultNotes(scheme: Scheme, assessed: Assessed, warnings: readonly string[]): string[] {
  const example = assessed.scorecards.find(({ composite }) => composite !== null)
  const hasVetoes = ledgersOf(scheme).some(({ ledger }) =>
    ledger.kinds.some(({ vetoes }) => vetoes.length > 0),
  )
  return [
    '# 计算说明',
    `考核办法：${scheme.name}。成绩按截至 ${assessed.asOf} 的情况计算。`,
    ...interimNotes(assessed),
    ...scheme.components.map(componentNote),
    ...(scheme.adjustments ? [adjustmentsNote(scheme.adjustments)] : []),
    `综合成绩 = 各部分得分按权重之比加权求和，全程精确计算，最后一次${workbookWords.rounding[scheme.rounding]}到 ${scheme.decimals} 位小数；任何计权重的部分待定，综合成绩即为待定，不参加排名。`,
    ...scaleNotes(scheme),
    ...(example ? [equation(example)] : []),
    ...(assessed.interim === null ? [gradesNote(scheme)] : []),
    `组内按综合成绩排名；成绩相同名次并列，${tieNotes[scheme.ties]}，并列单位按考核对象的顺序列出。`,
    ...(hasVetoes
      ? ['一票否决：等次的，不高于该等次；分数的，综合成绩不高于该分数；末位的，排在其他单位之后。']
      : []),
    `问题记在发生单位名下；该单位不参评的，记在最近的参评上级名下。${triggerNotes}；撤销的不扣。`,
    ...(warnings.length > 0 ? ['# 提示', ...warnings] : []),
  ]
}
