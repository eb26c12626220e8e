import { useEventListener } from '@vueuse/core'
import { computed, onScopeDispose, reactive, ref, type ComputedRef, type Ref } from 'vue'
import { ApiProblem } from '../../api/client.ts'
import { keptValue } from '../../composables/kept-value.ts'
import { t } from '../../i18n.ts'
import { clockTime } from '../../locales/format.ts'
import { useSession } from '../../stores/session.ts'
import {
  createDraftQueue,
  type DraftQueue,
  type Held,
  type Kept,
  type Outcome,
  type Theirs,
  type Typed,
} from './draft-queue.ts'
import { tooLong } from '../ui/too-long.ts'
import { marksText, readMarks } from './marks-text.ts'
import { saveDraft, type Place, type SelfForm } from '../../api/self-assessment.ts'

export interface SelfDrafts extends Pick<DraftQueue, 'type' | 'choose' | 'flush'> {
  readonly entries: ReadonlyMap<string, Held>
  readonly adoptForm: (form: SelfForm) => void
  readonly status: ComputedRef<string>
  readonly savedAt: Ref<Date | null>
}

type Entry = NonNullable<SelfForm['areas'][number]['leaves'][number]['entry']>

const textOf = (entry: Pick<Entry, 'marks' | 'notApplicable'>): string =>
  marksText(entry, t('selfAssessment.notApplicable'))

const serverOf = (entry: Entry): Theirs => ({
  marks: textOf(entry),
  note: entry.note ?? '',
  etag: entry.etag,
  by: entry.updatedBy,
  at: entry.updatedAt,
})

/** Refusals that time may cure: no answer, no session, too many or broken requests. */
const mayPass = ({ status }: ApiProblem): boolean =>
  status === 0 || status === 401 || status === 408 || status === 429 || status >= 500

/** A unit's form while it is filled in: saved entry by entry, kept in this browser until it is on the server. */
export function useSelfDrafts(assessmentId: string, unitId: string, place: Place): SelfDrafts {
  const kept = keptValue<Kept>(
    `self.${useSession().account?.id ?? ''}.${assessmentId}.${unitId}.${place.component}.${place.window}`,
  )
  const entries = reactive(new Map<string, Held>()) as Map<string, Held>
  const fulls = new Map<string, string>()
  const outOfReach = ref(false)
  const savedAt = ref<Date | null>(null)

  async function save(leaf: string, typed: Typed, etag: string): Promise<Outcome> {
    const marks = readMarks(typed.marks, fulls.get(leaf) ?? '0')
    if ('fault' in marks || tooLong(typed.note)) return { type: 'refused', problem: null }
    const note = typed.note.trim() === '' ? null : typed.note.trim()
    try {
      const saved = await saveDraft(assessmentId, unitId, place, { leaf, ...marks, note }, etag)
      outOfReach.value = false
      return { type: 'saved', etag: saved.etag }
    } catch (problem) {
      if (!(problem instanceof ApiProblem) || mayPass(problem)) {
        outOfReach.value = true
        return { type: 'later' }
      }
      const { current } = problem.body as { current?: Entry }
      if (problem.status === 412 && current) return { type: 'conflict', theirs: serverOf(current) }
      return { type: 'refused', problem }
    }
  }

  const queue = createDraftQueue({
    entries,
    save,
    keep: (entered) => (Object.keys(entered).length === 0 ? kept.forget() : kept.keep(entered)),
    after: (milliseconds, work) => {
      const timer = window.setTimeout(work, milliseconds)
      return () => window.clearTimeout(timer)
    },
    onSaved: () => (savedAt.value = new Date()),
  })

  let restored = false
  function adoptForm(form: SelfForm): void {
    if (!restored) queue.restore(kept.read() ?? {})
    restored = true
    for (const { leaves } of form.areas) {
      for (const leaf of leaves) {
        fulls.set(leaf.key, leaf.full)
        if (leaf.entry) queue.adopt(leaf.key, serverOf(leaf.entry))
      }
    }
  }

  const flush = () => void queue.flush()
  const flushHidden = () => {
    if (document.visibilityState === 'hidden') flush()
  }
  useEventListener(window, 'online', flush)
  useEventListener(document, 'visibilitychange', flushHidden)
  onScopeDispose(() => {
    flush()
    queue.stop()
  })

  const status = computed(() => {
    const count = (state: Held['state']) =>
      [...entries.values()].filter((held) => held.state === state).length
    const [conflict, refused, waiting] = [count('conflict'), count('refused'), count('waiting')]
    if (conflict > 0) return t('selfAssessment.save.conflict', { n: conflict })
    if (refused > 0) return t('selfAssessment.save.refused', { n: refused })
    if (waiting > 0)
      return outOfReach.value
        ? t('selfAssessment.save.kept', { n: waiting })
        : t('selfAssessment.save.saving')
    if (!savedAt.value) return t('selfAssessment.save.saved')
    return t('selfAssessment.save.savedAt', { time: clockTime(savedAt.value) })
  })
  return { entries, adoptForm, status, savedAt, type: queue.type, choose: queue.choose, flush: queue.flush }
}
