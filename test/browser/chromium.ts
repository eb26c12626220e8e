import { existsSync } from 'node:fs'
import { chromium, type Browser } from 'playwright-core'
import { installed } from './debian.ts'

const known = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/microsoft-edge',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

const find = (): string | undefined =>
  [process.env.CHROMIUM_PATH ?? '', ...known].find((path) => path !== '' && existsSync(path))

/** The path of a browser: CHROMIUM_PATH, else a system one, else Debian's, installed now where that is possible. */
export function browserPath(): string {
  const path = find()
  if (path) return path
  const added = installed('chromium', 'fonts-noto-cjk') ? find() : undefined
  if (added) return added
  throw new Error(
    'The browser tests need Chromium, Chrome or Edge: install one, or name it in CHROMIUM_PATH.',
  )
}

/** A headless browser that asks nothing of the network. */
export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: browserPath(),
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
