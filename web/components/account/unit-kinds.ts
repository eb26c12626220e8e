import type { Unit } from '../../composables/use-units.ts'

const kinds: Record<Unit['kind'], true> = {
  city: true,
  county: true,
  zone: true,
  department: true,
  'county-department': true,
  township: true,
  section: true,
  school: true,
  hospital: true,
  agency: true,
}

/** Every kind of unit that the API knows; a missing one does not compile. */
export const unitKinds = (): Unit['kind'][] => Object.keys(kinds) as Unit['kind'][]
