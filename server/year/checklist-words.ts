import type { Language } from '#assessment/language'
import type { CheckCode, CheckItem } from './opening-checklist.ts'

type Words = Readonly<Record<Language, (count: number) => string>>

const words: Readonly<Record<CheckCode, Words>> = {
  'scheme-unsound': {
    'zh-CN': (n) => `考核办法有 ${n} 处须改正。`,
    en: (n) => `The scheme has ${n} place(s) to put right.`,
  },
  'no-participants': {
    'zh-CN': () => '还没有考核对象。',
    en: () => 'There are no participants yet.',
  },
  'provider-unknown': {
    'zh-CN': (n) => `${n} 个提供单位不在单位名册中，相应的扣分事项无人登记。`,
    en: (n) => `${n} providing unit(s) are not among the units; nobody could record their deductions.`,
  },
  'responsible-unknown': {
    'zh-CN': (n) => `${n} 个责任单位不在单位名册中，相应的自评无人核查。`,
    en: (n) => `${n} responsible unit(s) are not among the units; nobody could verify their areas.`,
  },
  'windows-out-of-order': {
    'zh-CN': (n) => `${n} 个周期的截止日不晚于上一周期。`,
    en: (n) => `${n} window(s) fall due no later than the one before.`,
  },
  'window-past': {
    'zh-CN': (n) => `${n} 个周期的截止日已过，开始后即为逾期；需要时可给予延期。`,
    en: (n) => `${n} window(s) are past due and will be overdue at once; extensions can be granted.`,
  },
  'group-without-indicators': {
    'zh-CN': (n) => `${n} 个分组没有适用的指标。`,
    en: (n) => `No indicator applies to ${n} group(s).`,
  },
  'group-unknown': {
    'zh-CN': (n) => `指标所指的 ${n} 个分组没有考核对象。`,
    en: (n) => `${n} group(s) named by indicators have no participants.`,
  },
  'provider-without-account': {
    'zh-CN': (n) => `${n} 个提供单位没有账号，不能登记问题。`,
    en: (n) => `${n} providing unit(s) have no account and cannot record findings.`,
  },
  'responsible-without-account': {
    'zh-CN': (n) => `${n} 个责任单位没有账号，不能核查自评。`,
    en: (n) => `${n} responsible unit(s) have no account and cannot verify.`,
  },
  'unit-without-editor': {
    'zh-CN': (n) => `${n} 个考核对象没有填报账号，不能填写自评。`,
    en: (n) => `${n} participant(s) have no account that can fill in the self-assessment.`,
  },
  'unit-without-head': {
    'zh-CN': (n) => `${n} 个考核对象没有负责人账号，不能报送和申诉。`,
    en: (n) => `${n} participant(s) have no head’s account to hand in and to appeal.`,
  },
  'holidays-unannounced': {
    'zh-CN': (n) => `${n} 个年份的节假日安排尚未公布，期限暂按周末推算。`,
    en: (n) => `The holidays of ${n} year(s) are not announced; deadlines count weekends only for now.`,
  },
  'no-commission': {
    'zh-CN': () => '还没有登记第三方评估的委托，可以在开始后补登。',
    en: () => 'The third party is not commissioned yet; this can be registered later.',
  },
}

/** An item of the checklist as a sentence. */
export const checkWords = ({ code, count }: Pick<CheckItem, 'code' | 'count'>, language: Language): string =>
  words[code][language](count)
