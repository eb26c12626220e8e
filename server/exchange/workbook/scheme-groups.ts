import type { Participant } from '../../assessment/score/facts.ts'
import { verifiedComponents, type Indicator, type Scheme } from '../../assessment/rule/scheme.ts'
import { nameMap, type NameMap } from '../spreadsheet/name-map.ts'

/** The groups of a workbook as 考核对象 first writes them. */
export const groupNames = (participants: readonly Participant[]): NameMap<string> =>
  nameMap(participants.map(({ group }) => [group, group]))

const indicatorsNamed = (nodes: readonly Indicator[], named: (group: string) => string): Indicator[] =>
  nodes.map((node) => ({
    ...node,
    groups: node.groups && node.groups.map(named),
    children: indicatorsNamed(node.children, named),
  }))

/** A scheme's groups as 考核对象 writes them. */
export function withGroupNames(scheme: Scheme, names: NameMap<string>): Scheme {
  const named = (group: string): string => names.get(group) ?? group
  const rows = <Row extends { readonly group: string }>(of: readonly Row[]): Row[] =>
    of.map((row) => ({ ...row, group: named(row.group) }))
  return {
    ...scheme,
    components: scheme.components.map((component) => ({
      ...component,
      variants: rows(component.variants),
      ...(component.method === 'verified-marks' && {
        indicators: indicatorsNamed(component.indicators, named),
      }),
    })),
    grades: scheme.grades.map((grade) => ({ ...grade, groups: rows(grade.groups) })),
    groupScales: rows(scheme.groupScales),
  }
}

const ofIndicators = (nodes: readonly Indicator[]): string[] =>
  nodes.flatMap(({ groups, children }) => [...(groups ?? []), ...ofIndicators(children)])

/** Every group that a scheme has something for, once. */
export const groupsTold = (scheme: Scheme): ReadonlySet<string> =>
  new Set([
    ...scheme.components.flatMap(({ variants }) => variants.map(({ group }) => group)),
    ...verifiedComponents(scheme).flatMap(({ indicators }) => ofIndicators(indicators)),
    ...scheme.grades.flatMap(({ groups }) => groups.map(({ group }) => group)),
    ...scheme.groupScales.map(({ group }) => group),
  ])
