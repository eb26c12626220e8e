import type { BrowserContext } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { demoCity } from './demo-city.ts'
import { isLookedAt } from './sweep.ts'
import { longestColumn, printedPages, type PrintedPage } from './paper.ts'

const languages = ['zh-CN', 'en'] as const
/** Portrait and landscape, in points. */
const a4 = [
  [595, 842],
  [842, 595],
]

const city = demoCity()

const json = async (context: BrowserContext, path: string) =>
  (await context.request.get(city.url + path)).json()

interface Places {
  readonly running: string
  readonly published: string
  /** Units of the published year by rank, of a group. */
  readonly units: readonly string[]
}

/** What each role prints, by a name. */
const printed: Readonly<Record<string, Readonly<Record<string, (at: Places) => string>>>> = {
  office: {
    overview: ({ running }) => `/assessments/${running}/overview`,
    ledger: ({ running }) => `/assessments/${running}/ledger`,
    ranking: ({ published }) => `/assessments/${published}/ranking`,
    scorecard: ({ published, units }) => `/assessments/${published}/units/${units[0]}`,
    'last scorecard': ({ published, units }) => `/assessments/${published}/units/${units.at(-1)}`,
    form: ({ published, units }) => `/assessments/${published}/self?unit=${units[0]}`,
    progress: ({ running }) => `/assessments/${running}/self?window=H1`,
    verification: ({ running }) => `/assessments/${running}/verification?window=H1`,
    comparison: ({ published, units }) =>
      `/assessments/${published}/compare?units=${units.slice(0, 3).join()}`,
    simulation: ({ published }) => `/assessments/${published}/simulation`,
    circular: ({ published }) => `/assessments/${published}/circular`,
    units: () => '/units',
  },
  leader: { insight: ({ published }) => `/assessments/${published}/cockpit` },
  head: {
    home: ({ running }) => `/assessments/${running}/home`,
    'own form': ({ running }) => `/assessments/${running}/self`,
    'own problems': ({ running }) => `/assessments/${running}/deductions`,
  },
  agency: { rectification: ({ running }) => `/assessments/${running}/rectification` },
  audit: { log: () => '/audit' },
  security: { accounts: () => '/accounts' },
}

/** What is wrong with a page of paper, whatever it is of. */
function faultsOf(pages: readonly PrintedPage[]): string[] {
  return pages.flatMap((page, index) => {
    const at = `page ${index + 1} of ${pages.length}`
    const size = [Math.round(page.width), Math.round(page.height)]
    const column = longestColumn(page)
    return [
      ...(a4.some(([width, height]) => width === size[0] && height === size[1])
        ? []
        : [`${at} is ${size.join(' × ')}`]),
      ...(page.words.length === 0 ? [`${at} is empty`] : []),
      ...(column > 4 ? [`${at} has ${column} characters one below the other`] : []),
    ]
  })
}

describe.each(languages)('on A4 in %s', (language) => {
  it.each(Object.entries(printed))(
    'what a %s prints: no empty page, no column a character wide, no box to fill in',
    async (account, addresses) => {
      const context = await city.signedIn(account, language)
      const office = await city.signedIn('office', language)
      const { items } = await json(office, '/api/assessments?size=100')
      const [running, published] = ['open', 'published'].map(
        (stage) => items.find((item: { stage: string }) => item.stage === stage).id as string,
      ) as [string, string]
      const { standings } = await json(office, `/api/assessments/${published}/standings`)
      const units = standings.slice(-40).map(({ unitId }: { unitId: string }) => unitId)
      const page = await context.newPage()
      const faults: string[] = []
      for (const [place, [name, addressAt]] of Object.entries(addresses).entries()) {
        if (!isLookedAt(place, languages.indexOf(language), languages.length)) continue
        await page.goto(city.url + addressAt({ running, published, units }))
        await page.locator('h1').first().waitFor()
        await page.waitForLoadState('networkidle')
        await page.locator('.loading').first().waitFor({ state: 'detached' })
        // Names of units stand upright in charts, one character below the other.
        await page.addStyleTag({ content: '.chart { visibility: hidden }' })
        const pages = await printedPages(await page.pdf({ preferCSSPageSize: true }))
        for (const fault of faultsOf(pages)) faults.push(`${name}: ${fault}`)
        if (name.includes('scorecard') && pages.length > 2) faults.push(`${name} has ${pages.length} pages`)
      }
      expect(faults).toEqual([])
      await context.close()
      await office.close()
    },
    240_000,
  )
})
