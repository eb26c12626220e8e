import type { RobustnessInput } from '#assessment/insight/robustness'
import { drawIntervals, type DrawingMessage } from './drawing.ts'

/* Runs off the page's thread: takes the rankings once, tells its progress, then the intervals. */

const tell = (message: DrawingMessage): void => self.postMessage(message)

self.addEventListener('message', ({ data }: MessageEvent<readonly RobustnessInput[]>) => {
  const steps = drawIntervals(data)
  let step = steps.next()
  while (!step.done) {
    tell({ type: 'progress', share: step.value })
    step = steps.next()
  }
  tell({ type: 'done', intervals: step.value })
})
