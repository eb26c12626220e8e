import { createSSRApp } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { renderToString } from 'vue/server-renderer'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { Scheme } from '#assessment/rule/scheme'
import { fieldOf } from '#assessment/rule/scheme-nodes'
import { fullScheme, schemeVariants } from '../fixtures/scheme-variants.ts'

vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })

describe('a scheme as it is read', () => {
  let read: (scheme: Scheme) => Promise<string>
  let before: string
  beforeAll(async () => {
    const { default: view } = await import('../../web/components/scheme/SchemeRead.vue')
    // What people do to its tables stands in the address.
    const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: view }] })
    // Marks of Vue's own tell one rendering from another.
    read = async (scheme) =>
      (await renderToString(createSSRApp(view, { scheme }).use(router))).replaceAll(
        / (id|for|aria-[a-z]+)="v[^"]*"/g,
        '',
      )
    before = await read(fullScheme)
  }, 60_000)

  it('says whether problems of units below are charged upward', () => {
    expect(before).toContain('记在上级参评单位')
  })

  const shown = schemeVariants.filter(({ part, field }) => fieldOf(part, field)?.shown !== 'page')
  it.each(shown)('shows the $name', async ({ value }) => {
    expect(await read(value)).not.toBe(before)
  })
})
