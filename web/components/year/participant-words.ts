import { t } from '../../i18n.ts'
import { named } from '../../scheme-names.ts'
import { participantSections } from './participant-sections.ts'
import type { Chosen } from './pasted-participants.ts'

/** How many take part, and how many in each group. */
export const participantCounts = (rows: readonly Chosen[]): string =>
  rows.length === 0
    ? t('year.newYear.nobody')
    : t('year.newYear.takePart', {
        n: rows.length,
        groups: participantSections(rows)
          .map(({ group, rows: ofGroup }) =>
            t('year.newYear.group', { name: named(group), n: ofGroup.length }),
          )
          .join(t('states.between')),
      })
