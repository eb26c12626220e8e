import type { Deps } from '../deps.ts'

/** What can be asked of a request whatever its route. */
export interface Asked {
  readonly req: { readonly url: string; readonly header: (name: string) => string | undefined }
  readonly env: unknown
  readonly get: (key: 'deps') => Pick<Deps, 'publicUrl'>
}
