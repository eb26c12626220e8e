import { expect, test, vi } from 'vitest'

vi.mock('../../web/i18n.ts', () => ({ language: () => 'zh-CN' }))
const { clockTime, momentInFigures, momentInProse } = await import('../../web/locales/format.ts')

// The machine of the tests may keep another time than China's.
test('a moment stands on China’s clock, as the days of the ledger and the audit log do, wherever the reader is', () => {
  const midnight = '2026-11-30T16:07:59.000Z'
  expect(clockTime(new Date(midnight))).toBe('00:07')
  expect(momentInFigures(midnight)).toBe('2026-12-01 00:07')
  expect(momentInProse(midnight)).toBe('2026年12月1日 00:07')
})
