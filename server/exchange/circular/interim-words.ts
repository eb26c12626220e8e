import { compare, decimal, format, hundredths, type Rational } from '../../assessment/rational.ts'
import { gradeLineFor } from '../../assessment/rule/scheme.ts'
import { plainDecimal } from '../../assessment/typed.ts'
import { unitsOf, type CircularSource, type Narrowed } from './figures.ts'

/** 阶段成绩's basis, group by group where they differ; null for the year's result. */
export function basisInProse({ body }: CircularSource): string | null {
  if (body.interim === null) return null
  const told = new Map(
    Object.entries(body.interim).map(([group, { basis, share }]) => [
      group,
      `计入${basis.join('、')}，共占${plainDecimal(share)}%`,
    ]),
  )
  const [first, ...others] = new Set(told.values())
  return first !== undefined && others.length === 0
    ? first
    : [...told].map(([group, text]) => `${group}${text}`).join('；')
}

/** Units at or above the first grade's line, and those below the last one; null where there is neither. */
export function aboveAndBelow(source: CircularSource, narrowed: Narrowed): string | null {
  const units = unitsOf(source, narrowed).filter(({ composite }) => composite !== null)
  const among = (text: string, at: number, isAmong: (composite: Rational, line: Rational) => boolean) => {
    const grade = source.body.scheme.grades.at(at)
    const named = units.filter(({ group, composite }) => {
      const from = grade && gradeLineFor(grade, group).from
      return from != null && isAmong(decimal(composite as string), hundredths(from))
    })
    const line = grade?.from == null ? '' : format(hundredths(grade.from))
    return named.length === 0
      ? []
      : [`${text.replace('N', line)}：${named.map(({ unit }) => unit).join('、')}`]
  }
  const sentences = [
    ...among('N分及以上的', 0, (composite, line) => compare(composite, line) >= 0),
    ...among('低于N分的', -2, (composite, line) => compare(composite, line) < 0),
  ]
  return sentences.length === 0 ? null : sentences.join('；')
}
