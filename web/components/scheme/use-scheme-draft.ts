import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { Scheme } from '#assessment/rule/scheme'
import { answer, api, isStale, type Answer } from '../../api/client.ts'
import { useSession } from '../../stores/session.ts'
import { keptDraft } from './kept-draft.ts'
import { faultsOf, unreadFields } from './scheme-faults.ts'
import { editable, type Draft } from './scheme-draft.ts'
import { useUndo } from './use-undo.ts'

export type SchemeDetail = Answer<(typeof api.schemes)[':id']['$get']>

const pause = 700

/** A draft on screen: every change is checked at once and saved after a short pause; a stale one is never overwritten unasked. */
export function useSchemeDraft(first: SchemeDetail) {
  const draft = ref<Draft>(editable(first.scheme as Scheme))
  const etag = ref(first.etag)
  const state = ref<'saved' | 'waiting' | 'saving' | 'failed'>('saved')
  const problem = shallowRef<unknown>(null)
  const theirs = shallowRef<SchemeDetail | null>(null)
  const faults = computed(() => faultsOf(draft.value as Scheme))
  const unread = unreadFields()
  const sound = computed(() => unread.size === 0 && faults.value.every(({ warning }) => warning))
  const history = useUndo(draft)
  const kept = keptDraft(useSession().account?.id ?? '', first.id)
  const left = kept.read()
  /** What was typed here earlier and never saved; offered until it is taken or dropped. */
  const leftOver = shallowRef(left && JSON.stringify(left) !== JSON.stringify(first.scheme) ? left : null)
  let timer = 0
  let quiet = false

  async function save(): Promise<void> {
    window.clearTimeout(timer)
    if (state.value === 'saving' || theirs.value) return
    const sent = JSON.stringify(draft.value)
    state.value = 'saving'
    problem.value = null
    try {
      const saved = await answer(
        api.schemes[':id'].$put(
          { param: { id: first.id }, json: { scheme: JSON.parse(sent) as Draft } },
          { headers: { 'If-Match': etag.value } },
        ),
      )
      etag.value = saved.etag
      state.value = 'saved'
      if (JSON.stringify(draft.value) !== sent) soon()
      else if (!leftOver.value) kept.forget()
    } catch (reason) {
      state.value = 'failed'
      if (isStale(reason))
        theirs.value = await answer(api.schemes[':id'].$get({ param: { id: first.id } })).catch(() => null)
      if (!theirs.value) problem.value = reason
    }
  }

  function soon(): void {
    state.value = state.value === 'saving' ? 'saving' : 'waiting'
    window.clearTimeout(timer)
    timer = window.setTimeout(() => void save(), pause)
  }

  watch(
    draft,
    () => {
      if (quiet) {
        quiet = false
        return
      }
      // What is offered still is not written over.
      if (!leftOver.value) kept.keep(draft.value as Scheme)
      soon()
    },
    { deep: true },
  )

  /** Both versions were shown; this one goes on. */
  function keepMine(): void {
    if (!theirs.value) return
    etag.value = theirs.value.etag
    theirs.value = null
    void save()
  }

  function keepTheirs(): void {
    if (!theirs.value) return
    etag.value = theirs.value.etag
    quiet = true
    draft.value = editable(theirs.value.scheme as Scheme)
    theirs.value = null
    state.value = 'saved'
    kept.forget()
  }

  function takeLeftOver(): void {
    const scheme = leftOver.value
    leftOver.value = null
    if (scheme) draft.value = editable(scheme)
  }
  function dropLeftOver(): void {
    leftOver.value = null
    kept.forget()
  }

  /** Puts a whole scheme in place of the draft, as from a file. */
  function replace(scheme: Scheme): void {
    draft.value = editable(scheme)
  }

  const unsaved = computed(() => state.value !== 'saved')
  function warn(event: BeforeUnloadEvent): void {
    if (unsaved.value) event.preventDefault()
  }
  window.addEventListener('beforeunload', warn)
  onScopeDispose(() => {
    window.removeEventListener('beforeunload', warn)
    if (state.value === 'waiting') void save()
  })

  return {
    id: first.id,
    draft,
    state,
    problem,
    theirs,
    faults,
    unread,
    sound,
    unsaved,
    save,
    keepMine,
    keepTheirs,
    replace,
    history,
    leftOver,
    takeLeftOver,
    dropLeftOver,
  }
}
