import { observationsOn, reportsIn, Shelf } from '../../server/monitors/report/check-report.ts'
import { comparable, signatureOf } from '../../server/monitors/report/near-copy/signature.ts'
import { firstReports } from '../fixtures/reports/first-reports.ts'
import { thirdReports } from '../fixtures/reports/third-reports.ts'

const characters = 6_000

/** Seconds of this core that some work takes. */
function secondsOf(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return Number(((user + system) / 1e6).toPrecision(3))
}

/** A generator of numbers from 0 to 1 that begins anew the same each time. */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

/** Sentences that no two reports share: the words of the language are dealt out anew. */
function sentences(random: () => number, length: number): string {
  let text = ''
  while (text.length < length) {
    const words = Array.from({ length: 24 }, () => String.fromCharCode(0x4e00 + Math.floor(random() * 3000)))
    text += `${words.join('')}，公开信息${Math.floor(random() * 900)}条。${random() < 0.1 ? '\n' : ''}`
  }
  return text
}

const forms = [...firstReports, ...thirdReports].map(({ text }) => text)

/** Reports of 6,000 characters each: whole reports with tables, figures and headings, filled up with sentences of their own. */
const reportText = (index: number): string => {
  const form = forms[index % forms.length] ?? ''
  return form.slice(0, characters) + '\n' + sentences(numbers(index), characters - form.length)
}

/**
 * How long it takes to check 1,000 reports of 6,000 characters against each other and 20,000 stored ones, on one core.
 * Every hundredth of them is a copy of a stored one, so that what is found shows.
 */
export function measureInspection(stored = 20_000, searched = 1_000) {
  const shelf = new Shelf()
  const storing = secondsOf(() => {
    for (let index = 0; index < stored; index++) {
      const name = String(index)
      const kept = { name, unit: name, year: null, prose: null, carriedOut: null }
      shelf.put(kept, signatureOf(comparable(reportText(index))))
    }
  })
  const texts = Array.from({ length: searched }, (_, index) =>
    reportText(index % 100 === 50 ? index : stored + index),
  )
  let observations = 0
  let copies = 0
  const checking = secondsOf(() => {
    for (const [index, text] of texts.entries()) {
      for (const report of reportsIn(text)) {
        const found = observationsOn(report, text, shelf, shelf.keep(report, `new ${index}`))
        observations += found.length
        if (found.some(({ rule }) => rule === 'near-copy')) copies++
      }
    }
  })
  return {
    inspect_stored: stored,
    inspect_reports: searched,
    inspect_storing_seconds: storing,
    inspect_seconds: checking,
    inspect_ms_per_report: Number(((checking / searched) * 1000).toPrecision(3)),
    inspect_observations: observations,
    inspect_copies_found: copies,
  }
}
