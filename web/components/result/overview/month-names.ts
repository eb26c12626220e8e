import { language } from '../../../i18n.ts'

const english = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `8月`, `Aug` of a month `2017-08`. */
export function monthName(month: string): string {
  const number = Number(month.slice(5, 7))
  return language() === 'zh-CN' ? `${number}月` : (english[number - 1] ?? '')
}
