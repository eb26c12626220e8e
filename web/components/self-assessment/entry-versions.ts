import { t } from '../../i18n.ts'
import type { Facet } from '../ui/TwoVersions.vue'

/** What one person has for an indicator; `text` is the note, or the reason of marks verified. */
export interface EntryVersion {
  readonly marks: string
  readonly text: string
}

/** Two people's marks for one indicator, for TwoVersions; `by` and `at` tell who saved first, and when. */
export function entryVersions(
  mine: EntryVersion,
  theirs: EntryVersion & { readonly by: string | null; readonly at: string | null },
  kind: 'claimed' | 'verified',
) {
  const text = { claimed: t('selfAssessment.note'), verified: t('selfAssessment.reason') }[kind]
  const facets = (version: EntryVersion): Facet[] => [
    { label: t(`vocabulary.${kind}`), text: version.marks },
    { label: text, text: version.text },
  ]
  return {
    mine: facets(mine),
    theirs: facets(theirs),
    theirsTitle:
      theirs.by === null ? undefined : t('selfAssessment.savedBy', { name: theirs.by, at: theirs.at ?? '' }),
    size: 'small' as const,
  }
}
