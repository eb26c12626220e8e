import autocannon from 'autocannon'
import { assess } from '#assessment/score/assess'
import { municipal } from '#assessment/presets/municipal'
import { rankIntervals } from '#assessment/insight/robustness'
import { robustnessInput } from '#assessment/insight/robustness-input'
import { announcedCalendar } from '../../db/holidays.ts'
import { buildIfStale } from '../../server/cli/build.ts'
import { startBuilt } from '../browser/built-server.ts'
import { setUp } from '../fixtures/first-start.ts'
import { workbookOf } from '../fixtures/workbooks.ts'
import { measureHeavyWork } from './heavy-work.ts'
import { measureInspection } from './inspection.ts'
import { largeYear, largeYearSheets } from './large-year.ts'
import { measureVerificationDesk } from './verification-desk.ts'

/*
 * Everything is measured in one run on one machine; only the ratios mean something elsewhere. The server runs in a process
 * of its own on loopback, each load lasts `seconds`, and everything stops by itself.
 */
const units = 100
const findings = 5_000
const seconds = 3

const round = (value: number): number => Number(value.toPrecision(3))

/** The median CPU time of a few runs, in milliseconds. */
function cpuOf(work: () => unknown, runs = 7): number {
  work()
  const times = Array.from({ length: runs }, () => {
    const before = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1000
  })
  return times.sort((a, b) => a - b)[Math.floor(runs / 2)] as number
}

function measureEngine() {
  const facts = largeYear(units, findings)
  const calendar = announcedCalendar()
  const assessed = assess(municipal, facts, '2018-02-10', calendar)
  const [input] = robustnessInput(assessed, municipal)
  if (!input) throw new Error('nothing is ranked')
  const sorting = cpuOf(() => facts.findings.map(({ what }) => what).sort())
  const assessing = cpuOf(() => assess(municipal, facts, '2018-02-10', calendar))
  const drawing = cpuOf(() => rankIntervals(input, { draws: 10_000, seed: 1 }))
  return {
    assessMs: round(assessing),
    assessPerSortOfItsFindings: round(assessing / sorting),
    rankIntervalsMs: round(drawing),
    rankIntervalsPerAssess: round(drawing / assessing),
  }
}

async function measureServer() {
  await buildIfStale()
  const fresh = await startBuilt()
  try {
    const origin = fresh.url
    const { office: cookie } = await setUp(fresh.setupUrl, 'A password for the bench')
    const created = await fetch(`${origin}/api/assessments`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin, cookie },
      body: JSON.stringify({ name: '2017年度考核', year: 2017, preset: 'municipal' }),
    })
    const { id } = (await created.json()) as { id: string }
    const form = new FormData()
    form.set('file', new Blob([await workbookOf(largeYearSheets(units, findings))]), 'year.xlsx')
    const started = performance.now()
    const imported = await fetch(`${origin}/api/assessments/${id}/import`, {
      method: 'POST',
      headers: { origin, cookie },
      body: form,
    })
    if (imported.status !== 200) throw new Error(`import: ${imported.status} ${await imported.text()}`)
    const importMs = performance.now() - started

    const timed = async (path: string): Promise<number> => {
      const before = performance.now()
      const response = await fetch(origin + path, { headers: { cookie } })
      await response.arrayBuffer()
      if (!response.ok) throw new Error(`${path}: ${response.status}`)
      return performance.now() - before
    }
    const rate = async (path: string, headers: Record<string, string> = {}): Promise<number> => {
      const result = await autocannon({
        url: origin + path,
        connections: 20,
        duration: seconds,
        headers: { cookie, 'accept-encoding': 'gzip', ...headers },
      })
      return result.requests.average
    }
    const standings = `/api/assessments/${id}/standings?asOf=2018-02-10`
    const ledger = `/api/assessments/${id}/findings?asOf=2018-02-10&status=lost&q=${encodeURIComponent('第1')}`
    const firstStandings = await timed(standings)
    const firstLedger = await timed(ledger)
    const etag = (await fetch(origin + standings, { headers: { cookie } })).headers.get('etag') ?? ''
    const health = await rate('/api/health')
    return {
      importMs: round(importMs),
      firstStandingsMs: round(firstStandings),
      firstLedgerMs: round(firstLedger),
      healthPerSecond: round(health),
      standingsPerHealth: round((await rate(standings)) / health),
      notModifiedPerHealth: round((await rate(standings, { 'if-none-match': etag })) / health),
      ledgerPerHealth: round((await rate(ledger)) / health),
    }
  } finally {
    await fresh.close()
  }
}

const engine = measureEngine()
const inspection = measureInspection()
const verificationDesk = await measureVerificationDesk()
const server = await measureServer()
const heavyWork = await measureHeavyWork()
console.log(JSON.stringify({ units, findings, engine, ...inspection, verificationDesk, server, heavyWork }))
