import { dayInChina, momentInChina, type Day } from '#assessment/day'
import { language } from '../i18n.ts'

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const weekdays = {
  'zh-CN': ['周日', '周一', '周二', '周三', '周四', '周五', '周六'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
}

/** A day in prose: `2018年2月10日`, `10 Feb 2018`; without the year, `2月10日`, `10 Feb`. */
export function dayInProse(day: Day, withYear = true): string {
  const [year = '', month = '', date = ''] = day.split('-')
  const chinese = `${Number(month)}月${Number(date)}日`
  const english = `${Number(date)} ${monthNames[Number(month) - 1] ?? ''}`
  if (language() === 'zh-CN') return withYear ? `${year}年${chinese}` : chinese
  return withYear ? `${english} ${year}` : english
}

/** `周三`, `Wed`. */
export function weekdayOf(day: Day): string {
  return weekdays[language()][new Date(`${day}T00:00:00Z`).getUTCDay()] ?? ''
}

/** A moment on China's clock, on which every day here is counted, wherever the reader is: `14:32`. */
export const clockTime = (moment: Date): string => momentInChina(moment).slice(11, 16)

/** The same with its day, as short as a table cell: `2018-02-10 14:32`. */
export const momentInFigures = (iso: string): string =>
  momentInChina(new Date(iso)).slice(0, 16).replace('T', ' ')

/** The same in prose. */
export function momentInProse(iso: string): string {
  const at = new Date(iso)
  return `${dayInProse(dayInChina(at))} ${clockTime(at)}`
}
