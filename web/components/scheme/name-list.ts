import { kindsIn, ledgersOf, type Indicator, type Scheme } from '#assessment/rule/scheme'

const inTree = (nodes: readonly Indicator[]): string[] =>
  nodes.flatMap(({ name, children }) => [name, ...inTree(children)])

/** Every name of a scheme that results show, each once, in its order: what English pages need words for. */
export function namesIn(scheme: Scheme): string[] {
  const names = [
    scheme.name,
    ...scheme.components.map(({ name }) => name),
    ...scheme.grades.map(({ name }) => name),
    ...scheme.components.flatMap(({ windows }) => windows.map(({ name }) => name)),
    ...kindsIn(scheme).flatMap(({ name, severities }) => [
      name,
      ...(severities.length > 1 ? severities.map((severity) => severity.name) : []),
    ]),
    ...ledgersOf(scheme).flatMap(({ ledger }) => ledger.areas.map(({ name }) => name)),
    ...scheme.components.flatMap((component) =>
      component.method === 'verified-marks'
        ? inTree(component.indicators)
        : component.method === 'external'
          ? component.dimensions.map(({ name }) => name)
          : [],
    ),
    ...scheme.milestones.map(({ name }) => name),
  ]
  return [...new Set(names.map((name) => name.trim()).filter(Boolean))]
}
