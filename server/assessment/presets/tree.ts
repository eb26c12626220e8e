import type { Decimal } from '../rational.ts'
import type { Indicator } from '../rule/scheme.ts'

/** A leaf of a preset's indicator tree: what earns the marks, and what has to be shown for it. */
export function leaf(key: string, name: string, full: Decimal, scoring: string, evidence: string): Indicator {
  return {
    key,
    name,
    full,
    scoring,
    scale: { type: 'free' },
    evidence,
    responsible: null,
    groups: null,
    clause: null,
    children: [],
  }
}

/** A branch below the first level. */
export function branch(key: string, name: string, children: readonly Indicator[]): Indicator {
  return {
    key,
    name,
    full: null,
    scoring: null,
    scale: { type: 'free' },
    evidence: null,
    responsible: null,
    groups: null,
    clause: null,
    children,
  }
}

/** A first-level area with the unit that verifies it and the clause it comes from. */
export function area(
  key: string,
  name: string,
  responsible: string | null,
  clause: string,
  children: readonly Indicator[],
): Indicator {
  return { ...branch(key, name, children), responsible, clause }
}
