import { typedText } from '#assessment/typed'
import { required } from '../../composables/use-deed.ts'
import { t } from '../../i18n.ts'

/** Name and year of an assessment while they are typed. */
export interface Naming {
  name: string
  year: string
}

const yearPattern = /^20\d\d$|^2100$/

/** The names that most offices use: the year's, until somebody writes their own. */
export function namingFor(year: number): Naming {
  return { name: t('year.start.defaultName', { year }), year: String(year) }
}

/** The year in a file name such as `2017年度考核.xlsx`; the current year without one. */
export function yearIn(fileName: string): number {
  const found = /(?:^|\D)(20\d\d)(?!\d)/.exec(fileName)?.[1]
  return found ? Number(found) : new Date().getFullYear()
}

/** A year in plain digits: `２０１８年` is 2018. */
const yearText = (year: string): string => typedText(year).replace(/年$/, '')

/** What is wrong, in words. */
export const namingFaults = ({ name, year }: Naming) => ({
  name: required(name, t('year.start.name')),
  year: yearPattern.test(yearText(year)) ? undefined : t('year.start.yearWrong'),
})

/** As the server takes it. */
export const named = ({ name, year }: Naming) => ({ name: name.trim(), year: Number(yearText(year)) })
