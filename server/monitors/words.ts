import type { Language } from '../assessment/language.ts'
import type { MonitorRule, Suspicion } from './suspicion.ts'

type Words = Readonly<Record<Language, string>>

/** What each rule says; `{due}`, `{on}` and the suspicion's own figures are filled in. */
const texts: Readonly<Record<MonitorRule, { readonly done: Words; readonly missing?: Words }>> = {
  'disclosure-late': {
    done: { 'zh-CN': '{on} 公开，晚于期限 {due}', en: 'Published on {on}, after {due}' },
    missing: { 'zh-CN': '尚未公开，期限为 {due}', en: 'Not published; it was due on {due}' },
  },
  'change-late': {
    done: {
      'zh-CN': '变更后 {on} 公开，晚于期限 {due}',
      en: 'The change was published on {on}, after {due}',
    },
    missing: {
      'zh-CN': '变更尚未公开，期限为 {due}',
      en: 'The change is not published; it was due on {due}',
    },
  },
  unreviewed: {
    done: { 'zh-CN': '{due} 公开，没有保密审查记录', en: 'Published on {due} without a secrecy review' },
  },
  'reviewed-after': {
    done: { 'zh-CN': '{due} 公开，{on} 才审查', en: 'Published on {due}, reviewed only on {on}' },
  },
  'request-late': {
    done: { 'zh-CN': '{on} 答复，晚于期限 {due}', en: 'Answered on {on}, after {due}' },
    missing: { 'zh-CN': '尚未答复，期限为 {due}', en: 'Not answered; it was due on {due}' },
  },
  'extension-late': {
    done: { 'zh-CN': '{on} 告知延期，晚于首次期限 {due}', en: 'The extension was told on {on}, after {due}' },
  },
  'correction-late': {
    done: {
      'zh-CN': '{on} 告知补正，晚于期限 {due}',
      en: 'The correction was asked for on {on}, after {due}',
    },
  },
  'outcome-missing': {
    done: { 'zh-CN': '已答复，没有填写结果', en: 'Answered without an outcome' },
  },
  fee: {
    done: {
      'zh-CN': '收费 {fee} 元，没有写明信息处理费',
      en: '{fee} yuan were charged, not named as an information processing fee',
    },
  },
  'interview-content': {
    done: { 'zh-CN': '{on} 告知访谈内容，晚于 {due}', en: 'The content was told on {on}, after {due}' },
    missing: { 'zh-CN': '没有告知访谈内容，最迟为 {due}', en: 'The content was not told by {due}' },
  },
  'interview-announcement': {
    done: { 'zh-CN': '{on} 发布预告，晚于 {due}', en: 'Announced on {on}, after {due}' },
    missing: { 'zh-CN': '没有发布预告，最迟为 {due}', en: 'Not announced by {due}' },
  },
  'interview-questions': {
    done: {
      'zh-CN': '{on} 送达网民问题，晚于 {due}',
      en: 'The public’s questions reached the unit on {on}, after {due}',
    },
    missing: {
      'zh-CN': '没有送达网民问题，最迟为 {due}',
      en: 'The public’s questions did not reach the unit by {due}',
    },
  },
  'interview-place': {
    done: { 'zh-CN': '{on} 告知地点，晚于 {due}', en: 'The place was told on {on}, after {due}' },
    missing: { 'zh-CN': '没有告知地点，最迟为 {due}', en: 'The place was not told by {due}' },
  },
  'interview-people': {
    done: { 'zh-CN': '{on} 告知参加人员，晚于 {due}', en: 'The participants were told on {on}, after {due}' },
    missing: { 'zh-CN': '没有告知参加人员，最迟为 {due}', en: 'The participants were not told by {due}' },
  },
  'interview-change': {
    done: {
      'zh-CN': '{on} 告知计划调整，晚于 {due}',
      en: 'The change of plan was told on {on}, after {due}',
    },
  },
  'interview-length': {
    done: {
      'zh-CN': '访谈 {minutes} 分钟，超过两小时，没有写明特殊原因',
      en: 'It took {minutes} minutes, more than two hours, without a cause',
    },
  },
  'interview-summary': {
    done: { 'zh-CN': '{on} 汇总，晚于 {due}', en: 'Summed up on {on}, after {due}' },
    missing: { 'zh-CN': '没有汇总，最迟为 {due}', en: 'Not summed up by {due}' },
  },
  'interview-count': {
    done: {
      'zh-CN': '{year} 年访谈 {count} 期，少于 {least} 期',
      en: '{count} sessions in {year}, fewer than {least}',
    },
  },
  'report-late': {
    done: {
      'zh-CN': '{year} 年度报告 {on} 公布，晚于 {due}',
      en: 'The report for {year} came on {on}, after {due}',
    },
    missing: {
      'zh-CN': '{year} 年度报告没有公布，期限为 {due}',
      en: 'The report for {year} was due on {due}',
    },
  },
  'column-stale': {
    done: {
      'zh-CN': '“{column}”每 {days} 天须更新，已过 {due}',
      en: '“{column}” is to be updated every {days} days; {due} is past',
    },
  },
  'cross-channels': { done: { 'zh-CN': '{sides}', en: '{sides}' } },
  'cross-documents': { done: { 'zh-CN': '{sides}', en: '{sides}' } },
  'cross-replies-channels': { done: { 'zh-CN': '{sides}', en: '{sides}' } },
  'cross-press': { done: { 'zh-CN': '{sides}', en: '{sides}' } },
  'cross-requests': { done: { 'zh-CN': '{sides}', en: '{sides}' } },
  'cross-closed': { done: { 'zh-CN': '{sides}', en: '{sides}' } },
  'cross-answers': { done: { 'zh-CN': '{sides}', en: '{sides}' } },
  'cross-reviews': { done: { 'zh-CN': '{sides}', en: '{sides}' } },
  'cross-lawsuits': { done: { 'zh-CN': '{sides}', en: '{sides}' } },
  'cross-staff': { done: { 'zh-CN': '{sides}', en: '{sides}' } },
  'cross-carried': { done: { 'zh-CN': '{sides}', en: '{sides}' } },
}

/** A suspicion in words. */
export function suspicionText(
  { rule, due, on, params }: Pick<Suspicion<unknown>, 'rule' | 'due' | 'on' | 'params'>,
  language: Language,
): string {
  const { done, missing = done } = texts[rule]
  const filled: Readonly<Record<string, string>> = { ...params, due: due ?? '', on: on ?? '' }
  return (on === null ? missing : done)[language].replace(
    /\{(\w+)\}/g,
    (_, name: string) => filled[name] ?? '',
  )
}
