import { computed, onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import { answer, api, isStale, type Answer } from '../../../api/client.ts'

export type TemplateAnswer = Answer<(typeof api)['circular-template']['$get']>
export type Template = TemplateAnswer['template']
export type TemplatePart = keyof Template
type Preview = Answer<
  (typeof api.assessments)[':id']['publications'][':publicationId']['circular']['preview']['$post']
>
export type TemplateFault = Preview['faults'][number]
export type Variant = 'plain' | 'overprint' | 'red-head'

const pause = 400

/** The office's text on screen: previewed as typed, saved on demand, and never over somebody else's unasked. */
export function useCircularTemplate(
  first: TemplateAnswer,
  at: { readonly assessmentId: string; readonly publicationId: () => string; readonly variant: Ref<Variant> },
) {
  const template = ref<Template>({ ...first.template })
  const stored = shallowRef(first)
  const html = ref<string | null>(null)
  const faults = shallowRef<readonly TemplateFault[]>([])
  const saving = ref(false)
  const saved = ref(false)
  const problem = shallowRef<unknown>(null)
  const theirs = shallowRef<TemplateAnswer | null>(null)
  const changed = computed(() => JSON.stringify(template.value) !== JSON.stringify(stored.value.template))
  let timer = 0
  let asked = 0

  async function preview(): Promise<void> {
    const mine = ++asked
    try {
      const next = await answer(
        api.assessments[':id'].publications[':publicationId'].circular.preview.$post({
          param: { id: at.assessmentId, publicationId: at.publicationId() },
          json: { template: template.value, variant: at.variant.value },
        }),
      )
      if (mine !== asked) return
      faults.value = next.faults
      if (next.html !== null) html.value = next.html
      problem.value = null
    } catch (reason) {
      if (mine === asked) problem.value = reason
    }
  }

  watch(
    [template, at.variant, at.publicationId],
    () => {
      saved.value = false
      window.clearTimeout(timer)
      timer = window.setTimeout(() => void preview(), pause)
    },
    { deep: true },
  )
  void preview()

  async function save(): Promise<void> {
    saving.value = true
    problem.value = null
    const sent = { ...template.value }
    try {
      const { etag } = await answer(
        api['circular-template'].$put(
          { json: { template: sent } },
          { headers: { 'If-Match': stored.value.etag } },
        ),
      )
      stored.value = { ...stored.value, template: sent, etag, isDefault: false }
      saved.value = true
    } catch (reason) {
      if (isStale(reason)) theirs.value = await answer(api['circular-template'].$get()).catch(() => null)
      if (!theirs.value) problem.value = reason
    } finally {
      saving.value = false
    }
  }

  function keepMine(): void {
    if (!theirs.value) return
    stored.value = theirs.value
    theirs.value = null
    void save()
  }

  function keepTheirs(): void {
    if (!theirs.value) return
    stored.value = theirs.value
    template.value = { ...theirs.value.template }
    theirs.value = null
  }

  function restoreDefault(): void {
    template.value = { ...stored.value.default }
  }

  function warn(event: BeforeUnloadEvent): void {
    if (changed.value) event.preventDefault()
  }
  window.addEventListener('beforeunload', warn)
  onScopeDispose(() => {
    window.removeEventListener('beforeunload', warn)
    window.clearTimeout(timer)
  })

  return {
    template,
    stored,
    html,
    faults,
    saving,
    saved,
    problem,
    theirs,
    changed,
    save,
    keepMine,
    keepTheirs,
    restoreDefault,
  }
}
