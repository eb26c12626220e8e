import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { useUndo } from '../../web/components/scheme/use-undo.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

async function editing() {
  const scope = effectScope()
  const value = ref({ name: '甲', items: [1] })
  const history = scope.run(() => useUndo(value)) as ReturnType<typeof useUndo>
  const step = async (change: () => void) => {
    change()
    await nextTick()
    vi.advanceTimersByTime(1000)
  }
  return { value, history, step, scope }
}

test('steps go back one pause of typing at a time, and forth again', async () => {
  const { value, history, step, scope } = await editing()
  expect([history.canUndo.value, history.canRedo.value]).toEqual([false, false])
  await step(() => (value.value.name = '乙'))
  await step(() => value.value.items.push(2))
  history.undo()
  expect(value.value).toEqual({ name: '乙', items: [1] })
  history.undo()
  expect(value.value).toEqual({ name: '甲', items: [1] })
  expect(history.canUndo.value).toBe(false)
  history.undo()
  history.redo()
  history.redo()
  expect(value.value).toEqual({ name: '乙', items: [1, 2] })
  expect(history.canRedo.value).toBe(false)
  scope.stop()
})

test('what was typed a moment ago is a step of its own, and a new change ends what could be redone', async () => {
  const { value, history, step, scope } = await editing()
  await step(() => (value.value.name = '乙'))
  value.value.name = '丙'
  await nextTick()
  history.undo()
  expect(value.value.name).toBe('乙')
  await nextTick()
  vi.advanceTimersByTime(1000)
  expect(history.canRedo.value).toBe(true)
  await step(() => (value.value.name = '丁'))
  expect(history.canRedo.value).toBe(false)
  scope.stop()
})
