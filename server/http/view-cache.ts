import { gzipSync } from 'node:zlib'
import type { TypedResponse } from 'hono'
import { bounded } from '../../db/bounded.ts'
import { etagOf, isUnchanged } from './if-match.ts'

interface View {
  readonly etag: string
  readonly plain: string
  /** Made when first asked for. */
  zipped: Uint8Array<ArrayBuffer> | null
}

export interface ViewCache {
  readonly get: (key: string) => View | undefined
  readonly set: (key: string, view: View) => void
}

/** What answering needs of a request's context. */
interface Caller {
  readonly var: { readonly views: ViewCache }
  readonly req: { readonly header: (name: string) => string | undefined }
}

/** Views worth zipping, in characters. */
const ZIP_FROM = 2048

export const createViewCache = (): ViewCache => bounded<View>(48)

/** Every part that a view depends on, scope of the caller first. */
export const viewKey = (...parts: readonly (string | number | undefined)[]): string => JSON.stringify(parts)

/**
 * Answers with a view from the cache, made when it is not there, or with 304. The ETag is the hash of the content, so that it tells
 * nothing about facts the caller does not see.
 */
export async function answerView<Body>(
  c: Caller,
  key: string,
  make: () => Body | Promise<Body>,
): Promise<Response & TypedResponse<Body, 200, 'json'>> {
  const { views } = c.var
  let view = views.get(key)
  if (!view) {
    const body = await make()
    const plain = JSON.stringify(body)
    view = { etag: etagOf(plain), plain, zipped: null }
    views.set(key, view)
  }
  const headers: Record<string, string> = {
    etag: view.etag,
    'cache-control': 'private, no-cache',
    vary: 'cookie, accept-encoding, accept-language',
  }
  const answer = (response: Response) => response as Response & TypedResponse<Body, 200, 'json'>
  if (isUnchanged(c.req.header('if-none-match'), view.etag))
    return answer(new Response(null, { status: 304, headers }))
  headers['content-type'] = 'application/json; charset=utf-8'
  if (view.plain.length < ZIP_FROM || !/\bgzip\b/.test(c.req.header('accept-encoding') ?? '')) {
    return answer(new Response(view.plain, { headers }))
  }
  view.zipped ??= new Uint8Array(gzipSync(view.plain))
  return answer(new Response(view.zipped, { headers: { ...headers, 'content-encoding': 'gzip' } }))
}
