import { expect, it, vi } from 'vitest'
import { municipal } from '#assessment/presets/municipal'
import { kindsIn } from '#assessment/rule/scheme'
import { triggerMeaning } from '#assessment/rule/trigger'

vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })

it('a new finding begins with no kind that costs points at once', async () => {
  const { usualKind } = await import('../../web/components/finding/scheme-kinds.ts')
  const kinds = kindsIn(municipal)
  const withDeadline = kinds.filter(({ trigger }) => triggerMeaning[trigger].hasDeadline)
  const atOnce = kinds.filter(({ trigger }) => !triggerMeaning[trigger].hasDeadline)
  expect([withDeadline.length > 0, atOnce.length > 0]).toEqual([true, true])
  expect(usualKind([...atOnce, ...withDeadline])).toBe('')
  expect(usualKind(withDeadline)).toBe(withDeadline[0]?.key)
  expect(usualKind([])).toBe('')
})
