import { useEventListener, watchDebounced } from '@vueuse/core'
import { computed, ref, shallowRef, watch, type Ref } from 'vue'
import { answer, api, type Answer } from '../../../api/client.ts'
import { useDeed } from '../../../composables/use-deed.ts'

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
  const saved = ref(false)
  const unseen = shallowRef<unknown>(null)
  const changed = computed(() => JSON.stringify(template.value) !== JSON.stringify(stored.value.template))
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
      unseen.value = null
    } catch (reason) {
      if (mine === asked) unseen.value = reason
    }
  }

  const shown = [template, at.variant, at.publicationId]
  watch(shown, () => (saved.value = false), { deep: true })
  watchDebounced(shown, preview, { debounce: pause, deep: true })
  void preview()

  const saving = useDeed({
    act: (sent: Template) =>
      answer(
        api['circular-template'].$put(
          { json: { template: sent } },
          { headers: { 'If-Match': stored.value.etag } },
        ),
      ),
    done: ({ etag }, sent) => {
      stored.value = { ...stored.value, template: sent, etag, isDefault: false }
      saved.value = true
    },
    theirs: () => answer(api['circular-template'].$get()).catch(() => null),
  })

  const save = () => saving.send({ ...template.value })

  function keepMine(): void {
    if (!saving.conflict.value) return
    stored.value = saving.conflict.value
    void save()
  }

  function keepTheirs(): void {
    if (!saving.conflict.value) return
    stored.value = saving.conflict.value
    template.value = { ...saving.conflict.value.template }
    saving.conflict.value = null
  }

  function restoreDefault(): void {
    template.value = { ...stored.value.default }
  }

  useEventListener(window, 'beforeunload', (event) => {
    if (changed.value) event.preventDefault()
  })

  return {
    template,
    stored,
    html,
    faults,
    saved,
    changed,
    saving: saving.busy,
    /** Why it was not saved, or cannot be previewed. */
    problem: computed(() => saving.problem.value ?? unseen.value),
    /** What somebody else saved meanwhile. */
    theirs: saving.conflict,
    save,
    keepMine,
    keepTheirs,
    restoreDefault,
  }
}
