import { format } from '#assessment/rational'
import type { Scheme } from '#assessment/rule/scheme'
import { t } from '../../../i18n.ts'
import { nearBy } from './near-line.ts'
import { gradeCounts } from './ranking-findings.ts'
import type { RankingRow } from './ranking-rows.ts'
import { named } from '../../../scheme-names.ts'
import { bandWords } from '../grade-words.ts'

/** Items of a list in running text. */
export const listed = (items: readonly string[]): string => items.join(t('result.scorecard.comma'))

/** The ranking in one sentence: how many of which grade, how many pending, how many near a line. */
export function rankingSentence(
  rows: readonly RankingRow[],
  scheme: Scheme,
  group: string,
  interim = false,
): string {
  if (interim) {
    const n = rows.filter(({ standing }) => standing.composite !== null).length
    return t('result.interim.sentence', {
      group: group === '' ? t('result.ranking.everyGroup') : named(group),
      n,
      of: rows.length,
    })
  }
  const { grades, pending } = gradeCounts(rows, scheme)
  const held = grades.filter(({ count }) => count > 0).map(({ name, count }) => `${named(name)} ${count}`)
  const counts = [
    held.length > 0 ? `**${listed(held)}**` : '',
    pending > 0 ? t('result.ranking.pendingCount', { count: pending }) : '',
  ]
  const near = rows.filter((row) => row.near !== null)
  const lines = new Set(near.map((row) => row.near))
  const [line] = lines
  const about = format(nearBy(scheme, group))
  const start = t('result.ranking.sentence', {
    group: group === '' ? t('result.ranking.everyGroup') : named(group),
    count: rows.length,
    counts: listed(counts.filter(Boolean)),
  })
  if (near.length === 0) return start
  const nearest =
    lines.size === 1 && line
      ? t('result.ranking.lineOf', { grade: named(line) })
      : t('result.ranking.someLine')
  return start + t('result.ranking.nearSentence', { n: near.length, line: nearest, about })
}

/** How ranks and grades come about, printed under every ranking. */
export function rulesOfRanking(scheme: Scheme, group: string): string {
  const bands = listed(
    scheme.grades.map(({ name }, tier) => `${named(name)} ${bandWords(scheme, tier, group)}`),
  )
  return t('result.ranking.rules', {
    decimals: scheme.decimals,
    ties: t(`result.ranking.ties.${scheme.ties}`),
    bands,
    source: scheme.source,
  })
}
