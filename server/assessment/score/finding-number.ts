import type { Finding } from './facts.ts'

/*
 * 编号 count within the unit charged when the finding is recorded, and stay when another is charged later: a number is always shown with the name of
 * its unit, either beside it or before it.
 */

type Numbered = Pick<Finding, 'number' | 'numberedUnitId'>

/** The number with its unit's name, e.g. 城关镇 2017-3; with that of the unit charged where it counts within the whole assessment. */
export const fullNumber = (
  { number, numberedUnitId }: Numbered,
  chargedUnitId: string,
  nameOf: (unitId: string) => string,
): string => `${nameOf(numberedUnitId ?? chargedUnitId)} ${number}`

/** The number as shown beside the unit charged: in full where it is another unit's. */
export const numberBeside = (
  finding: Numbered,
  chargedUnitId: string,
  nameOf: (unitId: string) => string,
): string =>
  (finding.numberedUnitId ?? chargedUnitId) === chargedUnitId
    ? finding.number
    : fullNumber(finding, chargedUnitId, nameOf)

/** The number as shown beside the place where it occurred, which may be below the unit charged. */
export const numberAtPlace = (line: {
  readonly number: string
  readonly fullNumber: string
  readonly unit: string
  readonly chargedUnit: string
}): string => (line.unit === line.chargedUnit ? line.number : line.fullNumber)
