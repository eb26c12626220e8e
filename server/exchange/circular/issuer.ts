import type { UnitKind } from '#assessment/vocabulary'

/** 发文机关: the government's office where a city or county assesses, else the unit itself. */
export function issuerOf(unit: { readonly name: string; readonly kind: UnitKind }): string {
  if (unit.kind !== 'city' && unit.kind !== 'county') return unit.name
  return `${unit.name.replace(/(人民)?政府$/, '')}人民政府办公室`
}
