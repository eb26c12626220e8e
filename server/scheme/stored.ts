import type { Transaction } from 'kysely'
import { handInDay, type Ledger, type Method, type Scheme } from '#assessment/rule/scheme'
import type { Source } from '../../db/source.ts'
import { newId } from '../../db/ids.ts'
import { insertScheme, listSchemes } from '../../db/schemes.ts'
import type { Tables, WindowRow } from '../../db/tables.ts'

/** The number of the next version of a name. */
export async function nextVersion(db: Source, name: string): Promise<number> {
  const versions = (await listSchemes(db)).filter((one) => one.name === name).map(({ version }) => version)
  return Math.max(0, ...versions) + 1
}

/** Stores a scheme as the next version of its name and gives its id. */
export async function storeScheme(
  trx: Transaction<Tables>,
  scheme: Scheme,
  createdBy: string,
  at: string,
): Promise<string> {
  const id = newId()
  const version = await nextVersion(trx, scheme.name)
  await insertScheme(trx, { id, name: scheme.name, version, scheme, createdBy, createdAt: at })
  return id
}

/** A scheme with other names for the units that provide and verify. */
export function withUnitNames(scheme: Scheme, nameOf: (name: string) => string): Scheme {
  const called = (name: string | null) => (name === null ? null : nameOf(name))
  const provided = <Held extends Ledger>(ledger: Held): Held => ({
    ...ledger,
    kinds: ledger.kinds.map((kind) => ({ ...kind, provider: called(kind.provider) })),
  })
  return {
    ...scheme,
    components: scheme.components.map((component) => {
      if (component.method === 'deductions') return provided(component)
      if (component.method !== 'verified-marks') return component
      const indicators = component.indicators.map((area) => ({
        ...area,
        responsible: called(area.responsible),
      }))
      return { ...component, indicators }
    }),
    adjustments: scheme.adjustments && provided(scheme.adjustments),
  }
}

/** Whether windows are closed by people; those of a ledger end by themselves. */
const isClosed: Readonly<Record<Method, boolean>> = {
  deductions: false,
  'verified-marks': true,
  external: true,
}

/** The windows that a scheme opens in a year, of every method whose windows people close; one without a due day is due at its end. */
export const windowsOf = (scheme: Scheme, assessmentId: string, year: number): WindowRow[] =>
  scheme.components.flatMap((component) =>
    isClosed[component.method]
      ? component.windows.map((window) => ({
          assessmentId,
          component: component.key,
          key: window.key,
          dueOn: handInDay(window, year),
          closedOn: null,
        }))
      : [],
  )
