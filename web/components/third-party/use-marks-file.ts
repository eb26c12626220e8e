import { computed, ref, shallowRef } from 'vue'
import { required, useDeed } from '../../composables/use-deed.ts'
import { t } from '../../i18n.ts'
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
  /** Why the marks of an earlier file are replaced. */
  const reason = ref('')
  /** Somebody else's batch came in between; the preview was made anew. */
  const renewed = ref(false)
  /** Units that the file gives marks. */
  const marked = computed(() => preview.value?.rows.filter(({ score }) => score.to !== null).length ?? 0)
  /** Units given marks by the batch just stored; null until one is. */
  const stored = ref<number | null>(null)
  let latest = 0

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
    renewed.value = false
    for (const { problem } of [choosing, looking, accepting]) problem.value = null
  }

  const choosing = useDeed({
    act: (chosen: File) => {
      reset()
      stored.value = null
      file.value = chosen
      const { assessmentId, component } = where()
      return readFile(assessmentId, component, chosen)
    },
    done: (told) => {
      reading.value = told
      return told.mapping ? looking.send(told.mapping) : undefined
    },
  })
  /** Takes a reading of the columns and looks what it gives. */
  const looking = useDeed({
    act: (read: ColumnMapping) => {
      mapping.value = read
      return look()
    },
  })
  const accepting = useDeed({
    faults: () => ({
      reason: preview.value?.supersedes ? required(reason.value, t('thirdParty.reason')) : undefined,
    }),
    act: async () => {
      const scored = marked.value
      const { assessmentId, component } = where()
      if (!file.value || !mapping.value || !preview.value) return null
      const { etag } = preview.value
      await acceptMarks(assessmentId, component, file.value, mapping.value, {
        etag,
        reason: reason.value.trim(),
      })
      return scored
    },
    done: (scored) => {
      reset()
      stored.value = scored
    },
    // The preview is made anew, and says so.
    theirs: async () => {
      await look()
      renewed.value = true
      return { isRenewed: true }
    },
  })

  return {
    file,
    reading,
    mapping,
    preview,
    marked,
    reason,
    renewed,
    stored,
    choosing,
    looking,
    accepting,
    reset,
  }
}
