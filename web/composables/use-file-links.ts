import { ElMessage } from 'element-plus'
import { onScopeDispose } from 'vue'
import { ApiProblem, request } from '../api/client.ts'
import { saveAnswer } from '../api/save-answer.ts'
import { whileUnderWay } from '../api/under-way.ts'
import { t } from '../i18n.ts'

/** Links to files that the server writes when they are asked for. */
const written = 'a[download][href^="/api/"]:is([href*=".xlsx"], [href*=".docx"], [href*="/letters/"])'

function wordsOf(reason: unknown): string {
  if (!(reason instanceof ApiProblem)) return t('states.failed')
  return reason.status === 0 ? t('states.unreachable') : `${reason.title}${t('states.colon')}${reason.detail}`
}

/**
 * Such files are fetched by the page: the browser, left to follow the link, could neither tell how long the file waits for its turn nor why there is
 * none.
 */
export function useFileLinks(): void {
  const busy = new Set<string>()

  async function take(href: string): Promise<void> {
    if (busy.has(href)) return
    busy.add(href)
    try {
      await whileUnderWay(async () => saveAnswer(await request(href), t('states.file')))
    } catch (reason) {
      ElMessage({ message: wordsOf(reason), type: 'error', duration: 0, showClose: true })
    } finally {
      busy.delete(href)
    }
  }
  function onClick(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest(written) : null
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    void take(link.getAttribute('href') ?? '')
  }

  document.addEventListener('click', onClick)
  onScopeDispose(() => document.removeEventListener('click', onClick))
}
