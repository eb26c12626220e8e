import type { Language } from '../../assessment/language.ts'

const faultTexts = {
  unread: [
    '没有读懂“{text}”；请写成“1月1日至3日放假”或“1月4日上班”。',
    '“{text}” was not understood; write “1月1日至3日放假” or “1月4日上班”.',
  ],
  'no-such-day': ['“{text}”不是一个日期；请改正。', '“{text}” is no day; mend it.'],
  'weekday-differs': [
    '“{text}”与日历不符：{day} 是周{weekday}；请核对原文。',
    '“{text}” does not agree with the calendar: {day} is 周{weekday}. Check the original.',
  ],
  'length-differs': [
    '写明共 {stated} 天，起止日期却有 {days} 天；请核对原文。',
    'It says {stated} day(s), but they add up to {days}. Check the original.',
  ],
  'too-long': [
    '{from} 至 {to} 太长；请核对起止日期。',
    '{from} to {to} is too long; check where it begins and ends.',
  ],
  'worked-weekday': [
    '{day} 本来就是工作日，不用写“上班”；请核对原文。',
    '{day} is worked anyway and needs no word. Check the original.',
  ],
  'other-year': [
    '{day} 不在 {year} 年；请换一个年份，或者换成 {year} 年的安排。',
    '{day} is not in {year}; choose another year or the announcement of {year}.',
  ],
} as const satisfies Readonly<Record<string, readonly [zh: string, en: string]>>
type FaultCode = keyof typeof faultTexts

/** Why a sentence of an announcement cannot be taken. */
export interface AnnouncementFault {
  readonly code: FaultCode
  readonly params: Readonly<Record<string, string | number>>
}

/** Thrown while reading a sentence, and caught there. */
export class Unread extends Error {
  readonly fault: AnnouncementFault

  constructor(code: FaultCode, params: AnnouncementFault['params']) {
    super(code)
    this.name = 'Unread'
    this.fault = { code, params }
  }
}

/** The fault and how to mend it. */
export const announcementFaultText = ({ code, params }: AnnouncementFault, language: Language): string =>
  faultTexts[code][language === 'en' ? 1 : 0].replace(/\{(\w+)\}/g, (_, name: string) =>
    String(params[name] ?? ''),
  )
