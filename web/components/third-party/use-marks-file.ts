import { computed, ref, shallowRef } from 'vue'
import { isStale } from '../../api/client.ts'
import {
  acceptMarks,
  previewMarks,
  readFile,
  type ColumnMapping,
  type FileReading,
  type MarksPreview,
} from '../../api/third-party.ts'

/** One evaluator's file on its way in: chosen, its columns agreed on, looked at, accepted. Nothing is stored before. */
export function useMarksFile(where: () => { assessmentId: string; component: string }) {
  const file = shallowRef<File | null>(null)
  const reading = shallowRef<FileReading | null>(null)
  const mapping = shallowRef<ColumnMapping | null>(null)
  const preview = shallowRef<MarksPreview | null>(null)
  const problem = shallowRef<unknown>(null)
  const busy = ref(false)
  /** Somebody else's batch came in between; the preview was made anew. */
  const renewed = ref(false)
  /** Units that the file gives marks. */
  const marked = computed(() => preview.value?.rows.filter(({ score }) => score.to !== null).length ?? 0)
  /** Units given marks by the batch just stored; null until one is. */
  const stored = ref<number | null>(null)
  let latest = 0

  async function attempt(work: () => Promise<void>): Promise<void> {
    busy.value = true
    problem.value = null
    try {
      await work()
    } catch (reason) {
      problem.value = reason
    } finally {
      busy.value = false
    }
  }

  async function look(): Promise<void> {
    const { assessmentId, component } = where()
    const [chosen, read] = [file.value, mapping.value]
    if (!chosen || !read) return
    const asked = ++latest
    const told = await previewMarks(assessmentId, component, chosen, read)
    if (asked === latest) preview.value = told
  }

  function reset(): void {
    file.value = null
    reading.value = null
    mapping.value = null
    preview.value = null
    problem.value = null
    renewed.value = false
  }

  const choose = (chosen: File): Promise<void> =>
    attempt(async () => {
      reset()
      stored.value = null
      file.value = chosen
      const { assessmentId, component } = where()
      const told = await readFile(assessmentId, component, chosen)
      reading.value = told
      mapping.value = told.mapping
      if (told.mapping) await look()
    })

  /** Takes another reading of the columns and looks again. */
  const read = (changed: ColumnMapping): Promise<void> =>
    attempt(async () => {
      mapping.value = changed
      await look()
    })

  const accept = (reason: string): Promise<void> =>
    attempt(async () => {
      const { assessmentId, component } = where()
      if (!file.value || !mapping.value || !preview.value) return
      try {
        const scored = marked.value
        await acceptMarks(assessmentId, component, file.value, mapping.value, {
          etag: preview.value.etag,
          reason,
        })
        reset()
        stored.value = scored
      } catch (reason) {
        if (!isStale(reason)) throw reason
        await look()
        renewed.value = true
      }
    })

  return {
    file,
    reading,
    mapping,
    preview,
    marked,
    problem,
    busy,
    renewed,
    stored,
    choose,
    read,
    accept,
    reset,
  }
}
