import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import { Problem } from './problem.ts'

/** A strong ETag of any JSON value. */
export const etagOf = (value: unknown): string =>
  `"${createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 22)}"`

const strong = (tag: string): string => tag.trim().replace(/^W\//, '')

/** Throws 428 without If-Match and 412 when it names another version than the current one. */
export function requireMatch(header: string | undefined, current: string): void {
  if (header === undefined || header.trim() === '') throw new Problem('precondition-required')
  if (header.trim() !== '*' && !header.split(',').some((tag) => strong(tag) === current))
    throw new Problem('stale')
}

/** Tries what is done under If-Match; where somebody was faster, 412 holds the present state in `current`. */
export async function withCurrent<Result>(
  attempt: () => Promise<Result>,
  current: () => Promise<unknown>,
): Promise<Result> {
  try {
    return await attempt()
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'stale') throw error
    throw new Problem('stale', { extensions: { current: await current() } })
  }
}

/** Answers with a view under its ETag. */
export const tagged = <View extends { readonly etag: string }, Status extends 200 | 201>(
  c: Context,
  view: View,
  status: Status,
) => c.json(view, status, { etag: view.etag })

/** Whether If-None-Match names the current version, so that 304 answers. */
export const isUnchanged = (header: string | undefined, current: string): boolean =>
  header !== undefined && header.split(',').some((tag) => tag.trim() === '*' || strong(tag) === current)
