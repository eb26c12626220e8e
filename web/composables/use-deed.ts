import { ElMessage, ElMessageBox } from 'element-plus'
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { ApiProblem, isStale } from '../api/client.ts'
import { t } from '../i18n.ts'

/** What is wrong with what was typed, in words, by the path that the server uses too; undefined where nothing is. */
export type Faults = Readonly<Record<string, string | undefined>>

interface Means<Args extends unknown[], Result, Theirs> {
  /** Sends it; what it throws is told to the person, who keeps what was typed. */
  readonly act: (...args: Args) => Promise<Result>
  /** What keeps it from being sent; shown once somebody tried. */
  readonly faults?: () => Faults
  /** A question to answer first, and the word of the button that says yes. */
  readonly ask?: (...args: Args) => { readonly question: string; readonly verb: string } | null
  /** What is said when it is done. */
  readonly said?: (result: Result, ...args: Args) => string
  /** What follows; the form is still busy until then. */
  readonly done?: (result: Result, ...args: Args) => unknown
  /** What follows whatever came of it, e.g. fetching a list again. */
  readonly settled?: (...args: Args) => unknown
  /** What is said when somebody else was first and there is nothing to choose, since nothing was typed. */
  readonly outdated?: () => string
  /** What the server has instead, when somebody else was first; without it, or null, that is a problem like any other. */
  readonly theirs?: (stale: ApiProblem, ...args: Args) => Promise<Theirs | null> | Theirs | null
}

export interface Deed<Args extends unknown[] = [], Theirs = never> {
  readonly busy: Ref<boolean>
  /** Why the last attempt was refused; null after a success. */
  readonly problem: ShallowRef<unknown>
  /** What somebody else saved first: both versions are shown and neither is chosen. */
  readonly conflict: ShallowRef<Theirs | null>
  /** What is wrong at a path: one's own checks once somebody tried, then what the server said. */
  readonly error: (path: string) => string | undefined
  /** Resolves true once it is done. Whatever happens, nothing typed is lost. */
  readonly send: (...args: Args) => Promise<boolean>
}

/** Asks before something is done that cannot simply be taken back; true once the person said yes. */
const agreed = (question: string, verb: string): Promise<boolean> =>
  ElMessageBox.confirm(question, verb, {
    confirmButtonText: verb,
    cancelButtonText: t('states.cancel'),
  }).then(
    () => true,
    () => false,
  )

/** Tells in passing that something was done, or, as `info`, what to know instead. */
export const say = (message: string, type: 'success' | 'info' = 'success'): void =>
  void ElMessage({ message, type })

/**
 * Something that a person does and the server may refuse: a form sent, a button pressed. It knows busy, problem, faults
 * by path, conflict and success, so that forms and pages only say what is done:
 *
 *     const saving = useDeed({
 *       faults: () => ({ name: required(form.name, t('vocabulary.name')) }),
 *       act: () => answer(api.units.$post({ json: form })),
 *       said: (unit) => t('account.units.added', { name: unit.name }),
 *       done: (unit) => emit('saved', unit),
 *     })
 *
 * A FormDialog or DeedForm takes it as `:deed`; fields show `saving.error('name')`.
 */
export function useDeed<Args extends unknown[] = [], Result = unknown, Theirs = never>(
  means: Means<Args, Result, Theirs>,
): Deed<Args, Theirs> {
  const busy = ref(false)
  const tried = ref(false)
  const problem = shallowRef<unknown>(null)
  const conflict: ShallowRef<Theirs | null> = shallowRef(null)
  const faults = (): Faults => means.faults?.() ?? {}

  async function send(...args: Args): Promise<boolean> {
    tried.value = true
    if (busy.value || Object.values(faults()).some((fault) => fault !== undefined)) return false
    const asked = means.ask?.(...args)
    if (asked && !(await agreed(asked.question, asked.verb))) return false
    busy.value = true
    problem.value = null
    try {
      const result = await means.act(...args)
      tried.value = false
      conflict.value = null
      if (means.said) say(means.said(result, ...args))
      await means.done?.(result, ...args)
      return true
    } catch (reason) {
      const isLate = isStale(reason)
      conflict.value = isLate && means.theirs ? await means.theirs(reason, ...args) : null
      if (isLate && means.outdated) say(means.outdated(), 'info')
      else if (conflict.value === null) problem.value = reason
      return false
    } finally {
      await means.settled?.(...args)
      busy.value = false
    }
  }

  function error(path: string): string | undefined {
    const own = tried.value ? faults()[path] : undefined
    return own ?? (problem.value instanceof ApiProblem ? problem.value.errorAt(path) : undefined)
  }
  return { busy, problem, conflict, error, send }
}

/** `请填写…` where nothing was typed. */
export const required = (value: string | null, field: string): string | undefined =>
  value === null || value.trim() === '' ? t('states.required', { field }) : undefined
