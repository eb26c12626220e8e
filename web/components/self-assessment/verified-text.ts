import type { Item } from '../../api/self-assessment.ts'
import { t } from '../../i18n.ts'
import type { EntryVersion } from './entry-versions.ts'
import { isAnswered, marksText, type TypedMarks } from './marks-text.ts'

type Verified = NonNullable<Item['verified']>

/** The text of an answer in the reader's language; blank where there is none. */
export const textOf = (value: TypedMarks | null): string =>
  value === null ? '' : marksText(value, t('selfAssessment.notApplicable'))

/** What a verifier has typed for an answer, or what is recorded of it. */
export interface Judged {
  readonly marks: string
  readonly reason: string
  readonly observation: string
}

/** What is recorded. */
export function judgedIn({ verified }: Item): Judged {
  const given = isAnswered(verified) ? verified : null
  return {
    marks: textOf(given),
    reason: given?.reason ?? '',
    observation: verified?.observation ?? '',
  }
}

/** Who verified, and when. */
export const verifierOf = ({ by, unit, on }: Verified): string =>
  t('selfAssessment.verification.by', { name: by ?? unit ?? '', day: on ?? '' })

/** What another person saved first, beside what is typed here: their marks, or that the claim has changed since. */
export function theirMark(item: Item): EntryVersion & { by: string | null; at: string | null } {
  const verified = isAnswered(item.verified) ? item.verified : null
  return {
    marks: textOf(verified),
    text:
      verified?.reason ?? t('selfAssessment.verification.newClaim', { marks: textOf(item.claimed) || '—' }),
    by: verified?.by ?? null,
    at: verified?.on ?? null,
  }
}
