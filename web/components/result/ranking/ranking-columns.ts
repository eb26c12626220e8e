import type { Scheme } from '#assessment/rule/scheme'
import { t } from '../../../i18n.ts'
import { named } from '../../../scheme-names.ts'
import type { RankInterval } from '../../../workers/drawing.ts'
import type { Column, Filter } from '../../ui/data-table.ts'
import { percent, sharesOf } from '../shares.ts'
import { intervalText, rankChange } from './rank-figures.ts'
import { hasGrade, pendingGrade, type RankingRow } from './ranking-rows.ts'

interface Beside {
  /** The year compared with; null where there is none. */
  readonly previousYear: number | null
  /** Whether ranks are drawn under other weights. */
  readonly drawn: boolean
  /** 阶段成绩: no grades, and only the parts of the basis. */
  readonly interim?: boolean
  /** None while they are drawn, and for a pending unit. */
  readonly intervalOf: (row: RankingRow) => RankInterval | undefined
  /** How many units the intervals are of; 0 before they are drawn. */
  readonly rankedOf: number
}

/** The columns of the ranking: what every scheme has, its components by place, and what there is beside them. */
export function rankingColumns(scheme: Scheme, beside: Beside): Column<RankingRow>[] {
  const { previousYear, drawn, intervalOf, rankedOf, interim = false } = beside
  const room = 52 - (scheme.adjustments === null ? 0 : 9) - (previousYear === null ? 0 : 6) - (drawn ? 15 : 0)
  const total = scheme.components.reduce((sum, { weight }) => sum + weight, 0) || 1
  const shares = sharesOf(scheme).map(percent)
  const previous: Column<RankingRow> = {
    key: 'previous',
    label: t('result.robustness.previous'),
    help: t('result.robustness.previousOf', { year: previousYear ?? '' }),
    value: ({ standing, previousRank }) => rankChange(standing.rank, previousRank)?.gained ?? null,
    none: '',
    sort: 'up',
    width: '6%',
    optional: true,
  }
  const interval: Column<RankingRow> = {
    key: 'interval',
    label: rankedOf > 1 ? t('result.robustness.columnOf', { of: rankedOf }) : t('result.robustness.column'),
    value: (row) => {
      const known = intervalOf(row)
      return known ? intervalText(known) : null
    },
    none: '',
    width: '15%',
    optional: true,
  }
  const adjustment: Column<RankingRow> = {
    key: 'adjustment',
    label: t('scheme.adjustments'),
    value: ({ standing }) => standing.adjustment ?? null,
    none: '—',
    kind: 'points',
    sort: 'down',
    width: '9%',
    optional: true,
  }
  const grade: Column<RankingRow> = {
    key: 'grade',
    label: t('vocabulary.grade'),
    value: ({ standing }) => standing.grade && named(standing.grade),
    none: t('vocabulary.pending'),
    width: '11%',
  }
  return [
    {
      key: 'rank',
      label: t('vocabulary.rank'),
      value: ({ standing }) => standing.rank,
      kind: 'number',
      sort: 'up',
      width: '7%',
    },
    ...(previousYear === null || interim ? [] : [previous]),
    {
      key: 'unit',
      label: t('vocabulary.unit'),
      value: ({ standing }) => standing.unit,
      sort: 'up',
      searched: true,
      width: '20%',
      phone: 'title',
    },
    {
      key: 'composite',
      label: t(interim ? 'vocabulary.interim' : 'vocabulary.composite'),
      value: ({ standing }) => standing.composite,
      kind: 'points',
      none: t('vocabulary.pending'),
      sort: 'down',
      width: '10%',
    },
    ...(interim ? [] : [grade]),
    ...(scheme.adjustments === null ? [] : [adjustment]),
    ...scheme.components.map(({ name, weight }, place): Column<RankingRow> => ({
      key: String(place),
      label: interim ? named(name) : `${named(name)} ${shares[place] ?? ''}`,
      value: ({ scores }) => scores[place] ?? null,
      kind: 'points',
      sort: 'down',
      joined: true,
      width: `${(room * weight) / total}%`,
      optional: true,
    })),
    ...(drawn ? [interval] : []),
  ]
}

/** What the ranking can be restricted to. */
export const rankingFilters = (scheme: Scheme): Filter<RankingRow>[] => [
  {
    type: 'choice',
    key: 'grade',
    label: t('vocabulary.grade'),
    all: t('result.ranking.allGrades'),
    choices: [
      ...scheme.grades.map(({ name }) => ({ value: name, label: named(name) })),
      { value: pendingGrade, label: t('vocabulary.pending') },
    ],
    fits: hasGrade,
  },
  {
    type: 'switch',
    key: 'near',
    label: t('result.ranking.nearOnly'),
    fits: ({ near }) => near !== null,
  },
]
