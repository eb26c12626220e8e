import type { WallResults, WallTable } from '../../../api/wall.ts'
import { t } from '../../../i18n.ts'
import { dayInProse } from '../../../locales/format.ts'
import { interimLines } from '../../result/interim-words.ts'

/** Whose results these are; interim standings are never taken for the result. */
export const wallTitle = ({ name, interim }: WallResults): string =>
  t(interim === null ? 'publication.wall.title' : 'publication.wall.interimTitle', { name })

/** Who published them, when, as of which day; and what interim standings rest on. */
export const wallAbout = ({ city, publishedOn, asOf, interim }: WallResults): string[] => [
  t('publication.wall.about', { city, published: dayInProse(publishedOn), day: dayInProse(asOf) }),
  ...(interim === null ? [] : interimLines(interim)),
]

/** Units that a veto holds, each with what holds it. */
export const vetoSentences = ({ groups }: WallTable): string[] =>
  groups.flatMap(({ units }) =>
    units.flatMap(({ unit, vetoes }) =>
      vetoes.length === 0
        ? []
        : [t('publication.wall.vetoed', { unit, kinds: vetoes.join(t('result.scorecard.and')) })],
    ),
  )
