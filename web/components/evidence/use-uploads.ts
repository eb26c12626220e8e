import { computed, onScopeDispose, reactive, type ComputedRef } from 'vue'
import { answer, api, ApiProblem, isAborted } from '../../api/client.ts'
import { sendFile, sendLink } from './send-file.ts'

/** One piece of evidence on its way; kept in drafts, where the file itself cannot be. */
export interface Upload {
  readonly uploadId: string
  readonly name: string
  readonly url: string | null
  readonly bytes: number
  documentDate: string
  /** Set once the server has it. */
  id: string | null
  outsidePeriod: boolean | null
}

/** What rests on a fact already, to be handed in again; taken out of a form it stays with that fact. */
export const handedIn = (evidence: {
  readonly id: string
  readonly fileName: string
  readonly url: string | null
  readonly bytes: number
  readonly documentDate: string | null
  readonly outsidePeriod: boolean
}): Upload => ({
  uploadId: evidence.id,
  name: evidence.fileName,
  url: evidence.url,
  bytes: evidence.bytes,
  documentDate: evidence.documentDate ?? '',
  id: evidence.id,
  outsidePeriod: evidence.documentDate === null ? null : evidence.outsidePeriod,
})

type Progress =
  | { readonly type: 'sending'; readonly share: number }
  | { readonly type: 'failed'; readonly problem: unknown }
  /** Restored from a draft without its file. */
  | { readonly type: 'lost' }
  | { readonly type: 'done' }

export interface Uploads {
  readonly list: Upload[]
  readonly progressOf: (upload: Upload) => Progress
  /** Whether something is still to arrive. */
  readonly unfinished: ComputedRef<boolean>
  readonly ids: ComputedRef<string[]>
  readonly addFiles: (files: Iterable<File>) => void
  readonly addLink: (url: string) => void
  readonly retry: (upload: Upload) => void
  /** A document's date goes with its file, which is at hand until the page is left. */
  readonly canRedate: (upload: Upload) => boolean
  readonly redate: (upload: Upload, day: string) => void
  readonly remove: (upload: Upload) => void
}

const newId = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')

/** Sends evidence as it is chosen; `list` belongs to the draft of the form. */
export function useUploads(
  list: Upload[],
  where: () => { assessmentId: string; findingId: string | undefined },
): Uploads {
  const files = new Map<string, File>()
  const running = new Map<string, AbortController>()
  const progress = reactive(new Map<string, Progress>())

  const progressOf = (upload: Upload): Progress =>
    progress.get(upload.uploadId) ?? { type: upload.id === null ? 'lost' : 'done' }

  async function start(upload: Upload, attempt: string): Promise<void> {
    running.get(upload.uploadId)?.abort()
    const controller = new AbortController()
    running.set(upload.uploadId, controller)
    progress.set(upload.uploadId, { type: 'sending', share: 0 })
    const errand = { ...where(), documentDate: upload.documentDate, uploadId: attempt }
    const file = files.get(upload.uploadId)
    try {
      const staged =
        upload.url !== null
          ? await sendLink(upload.url, errand, controller.signal)
          : file
            ? await sendFile(
                file,
                errand,
                (share) => progress.set(upload.uploadId, { type: 'sending', share }),
                controller.signal,
              )
            : null
      if (!staged) {
        progress.set(upload.uploadId, { type: 'lost' })
        return
      }
      upload.id = staged.id
      upload.outsidePeriod = staged.outsidePeriod
      progress.set(upload.uploadId, { type: 'done' })
    } catch (problem) {
      if (!isAborted(problem)) progress.set(upload.uploadId, { type: 'failed', problem })
    }
  }

  function add(upload: Upload): void {
    list.push(upload)
    // The draft's own copy: changes of it are what is kept and shown.
    const own = list[list.length - 1]
    if (own) void start(own, own.uploadId)
  }

  function addFiles(chosen: Iterable<File>): void {
    for (const file of chosen) {
      const again = list.find((one) => one.id === null && one.url === null && one.name === file.name)
      const uploadId = again?.uploadId ?? newId()
      files.set(uploadId, file)
      if (again) void start(again, uploadId)
      else
        add({
          uploadId,
          name: file.name,
          url: null,
          bytes: file.size,
          documentDate: '',
          id: null,
          outsidePeriod: null,
        })
    }
  }

  async function forget(id: string): Promise<void> {
    try {
      await answer(api.evidence[':id'].$delete({ param: { id } }))
    } catch (reason) {
      // What is not filed within a day goes by itself.
      if (!(reason instanceof ApiProblem)) throw reason
    }
  }

  function remove(upload: Upload): void {
    running.get(upload.uploadId)?.abort()
    progress.delete(upload.uploadId)
    files.delete(upload.uploadId)
    const at = list.findIndex((one) => one.uploadId === upload.uploadId)
    if (at !== -1) list.splice(at, 1)
    if (upload.id !== null) void forget(upload.id)
  }

  const canRedate = ({ url, uploadId }: Upload): boolean => url !== null || files.has(uploadId)

  /** The date goes with the evidence, which is fixed once sent; so it is sent once more. */
  function redate(upload: Upload, day: string): void {
    if (!canRedate(upload)) return
    const before = upload.id
    upload.documentDate = day
    upload.id = null
    if (before !== null) void forget(before)
    void start(upload, newId())
  }

  onScopeDispose(() => running.forEach((controller) => controller.abort()))
  return {
    list,
    progressOf,
    unfinished: computed(() => list.some(({ id }) => id === null)),
    ids: computed(() => list.flatMap(({ id }) => (id === null ? [] : [id]))),
    addFiles,
    addLink: (url) =>
      add({ uploadId: newId(), name: url, url, bytes: 0, documentDate: '', id: null, outsidePeriod: null }),
    canRedate,
    retry: (upload) => void start(upload, upload.uploadId),
    redate,
    remove,
  }
}
