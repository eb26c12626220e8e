import { nameMap } from '../spreadsheet/name-map.ts'
import { leavesOf, type VerifiedMarksComponent } from '../../assessment/rule/scheme.ts'

/** What a leaf is called in the workbook, by key: its name where that is unique, else its key. */
export function leafNames(component: VerifiedMarksComponent): Map<string, string> {
  const leaves = leavesOf(component.indicators)
  const unique = (name: string): boolean =>
    leaves.filter((leaf) => leaf.name === name || leaf.key === name).length === 1
  return new Map(leaves.map(({ key, name }) => [key, unique(name) ? name : key]))
}

/** The key of the scheme's leaf that a cell names, by name or key; what the scheme does not know goes by its own name. */
export function leafKeys(component: VerifiedMarksComponent): (name: string) => string {
  const leaves = leavesOf(component.indicators)
  const keys = nameMap<string>()
  for (const { key } of leaves) keys.add(key, key)
  for (const { key, name } of leaves) keys.add(name, key)
  return (name) => keys.get(name) ?? name
}
