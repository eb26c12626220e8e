import { onScopeDispose, ref, shallowRef } from 'vue'
import { isAborted } from '../../api/client.ts'
import { sendWorkbook, type ImportReport, type Progress } from './import-stream.ts'

export type ImportStep = 'choosing' | 'checking' | 'checked' | 'storing' | 'stored' | 'cancelled' | 'failed'

/** One workbook on its way in: chosen, checked without writing, confirmed, written. */
export function useWorkbookImport(assessmentId: () => string) {
  const step = ref<ImportStep>('choosing')
  const file = shallowRef<File | null>(null)
  const progress = ref<Progress | null>(null)
  const report = shallowRef<ImportReport | null>(null)
  const problem = shallowRef<unknown>(null)
  /** As the server takes it for, until somebody says otherwise. */
  const history = ref(false)
  let running = new AbortController()

  async function run(dryRun: boolean): Promise<void> {
    const workbook = file.value
    if (!workbook) return
    running = new AbortController()
    step.value = dryRun ? 'checking' : 'storing'
    progress.value = null
    problem.value = null
    try {
      report.value = await sendWorkbook(assessmentId(), workbook, {
        dryRun,
        history: history.value,
        signal: running.signal,
        onProgress: (next) => (progress.value = next),
      })
      history.value = report.value.history
      step.value = report.value.committed ? 'stored' : 'checked'
    } catch (reason) {
      step.value = isAborted(reason) ? 'cancelled' : 'failed'
      problem.value = isAborted(reason) ? null : reason
    }
  }

  async function check(chosen: File): Promise<void> {
    file.value = chosen
    report.value = null
    await run(true)
  }

  function reset(): void {
    step.value = 'choosing'
    file.value = null
    report.value = null
  }

  const cancel = () => running.abort()
  onScopeDispose(cancel)
  return { step, file, progress, report, problem, history, check, store: () => run(false), cancel, reset }
}
