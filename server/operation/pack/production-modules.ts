/** A package as package-lock.json tells it. */
export interface LockedPackage {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>
}

/** Packages by the folder that they are installed in, `node_modules/a/node_modules/b`. */
export type Lock = Readonly<Record<string, LockedPackage>>

const FOLDER = 'node_modules/'

/** Where a package finds another by its name: in its own folder, or in one above. */
function folderOf(name: string, from: string, lock: Lock): string | undefined {
  for (let above = from; ; above = above.slice(0, Math.max(0, above.lastIndexOf(`/${FOLDER}`)))) {
    const folder = `${above === '' ? '' : `${above}/`}${FOLDER}${name}`
    if (folder in lock) return folder
    if (above === '') return undefined
  }
}

/** What a package asks for, and whether it can do without. */
function needsOf({
  dependencies = {},
  optionalDependencies = {},
  peerDependencies = {},
  peerDependenciesMeta = {},
}: LockedPackage): { readonly name: string; readonly isOptional: boolean }[] {
  return [
    ...Object.keys(dependencies).map((name) => ({ name, isOptional: name in optionalDependencies })),
    ...Object.keys(optionalDependencies).map((name) => ({ name, isOptional: true })),
    ...Object.keys(peerDependencies)
      .filter((name) => peerDependenciesMeta[name]?.optional !== true)
      .map((name) => ({ name, isOptional: false })),
  ]
}

/**
 * The folders of the named packages and of everything that they need, in order; of optional ones those that are installed, such as the native
 * part for this system. Throws when one is missing.
 */
export function productionModules(
  names: readonly string[],
  lock: Lock,
  isInstalled: (folder: string) => boolean,
): string[] {
  const folders = new Set<string>()
  const visit = (name: string, from: string, isOptional: boolean): void => {
    const folder = folderOf(name, from, lock)
    const isThere = folder !== undefined && isInstalled(folder)
    if (!isThere && isOptional) return
    if (!isThere)
      throw new Error(`${name}, which ${from || 'the server'} needs, is not installed; run npm ci`)
    if (folders.has(folder)) return
    folders.add(folder)
    for (const need of needsOf(lock[folder] ?? {})) visit(need.name, folder, need.isOptional)
  }
  for (const name of names) visit(name, '', false)
  return [...folders].sort()
}
