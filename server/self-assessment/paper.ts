import type { PaperForm } from '../exchange/self-form/to-docx.ts'
import type { FormView } from './wire.ts'

const inProse = (day: string): string => {
  const [year, month, date] = day.split('-').map(Number)
  return `${year}年${month}月${date}日`
}

/** How far the form has got when it is printed, so that a draft is not taken for what was handed in. */
function standingOf({ state, course }: FormView): string {
  const submitted = course.findLast(({ type }) => type === 'submitted' || type === 'resubmitted')
  if (state === 'returned') return '已退回，尚未重新报送'
  if (state === 'draft' || submitted === undefined) return '填报中，尚未报送'
  return `${inProse(submitted.on)}网上报送`
}

/** A form as it goes on paper. */
export const paperForm = (form: FormView, assessment: string): PaperForm => ({
  title: `${assessment}${form.component.name}表`,
  unit: form.unit.name,
  window: form.window.name,
  standing: `报送情况：${standingOf(form)}`,
  areas: form.areas.map(({ name, leaves }) => ({
    name,
    leaves: leaves.map(({ key, name: leaf, path, full, entry, claimed, evidence }) => {
      const answer = entry ?? claimed
      return {
        key,
        name: [...path, leaf].join(' / '),
        full,
        claimed: answer === null ? '' : answer.notApplicable ? '不适用' : (answer.marks ?? ''),
        note: answer?.note ?? '',
        evidence: evidence.map(({ name: file, url }) =>
          url === null || url === file ? file : `${file} ${url}`,
        ),
      }
    }),
  })),
  totals: {
    full: form.totals.full,
    claimed: form.totals.claimedMarks,
    filled: form.totals.filled,
    of: form.totals.of,
  },
})
