import type { Scheme } from '../rule/scheme.ts'

/** What the presets have in common: the named options where the rules are silent or agree, each with its reason. */
export const usual = {
  /** 四(四): 优秀 90 以上, 良好 80—90, 合格 60—80, 不合格 60 以下; 以上 includes its number, so the bands are half-open. */
  grades: [
    { name: '优秀', from: 9000, share: null, count: null, groups: [] },
    { name: '良好', from: 8000, share: null, count: null, groups: [] },
    { name: '合格', from: 6000, share: null, count: null, groups: [] },
    { name: '不合格', from: 0, share: null, count: null, groups: [] },
  ],
  /** Published results carry two decimals, rounded once, at the composite. */
  decimals: 2,
  rounding: 'half-up',
  /** 1, 2, 2, 4, as published tables rank. */
  ties: 'competition',
  /** Counties and departments never share a ranking. */
  rankAcrossGroups: false,
  /** The rules know neither additions to the composite nor a share of best grades, and publish out of 100. */
  adjustments: null,
  ceiling: null,
  scale: 10_000,
  groupScales: [],
  quotas: { rounding: 'down', atLeastOne: false, tieAcross: 'out' },
  /** Working days from the notice; the rules leave it open. */
  appealWithin: 5,
  /** 六(三): the results are made known to the whole city in a circular. */
  publicity: 'full-table',
  clauses: [],
  english: {},
} as const satisfies Partial<Scheme>
