import type { Language } from '#assessment/language'

export interface ProblemEntry {
  readonly status: 400 | 401 | 403 | 404 | 409 | 412 | 413 | 415 | 422 | 428 | 429 | 500 | 503 | 507
  /** Title and detail; `{name}` is filled in from the problem's parameters. */
  readonly text: Readonly<Record<Language, readonly [title: string, detail: string]>>
}

export const entry = (
  status: ProblemEntry['status'],
  zh: readonly [string, string],
  en: readonly [string, string],
): ProblemEntry => ({ status, text: { 'zh-CN': zh, en } })
