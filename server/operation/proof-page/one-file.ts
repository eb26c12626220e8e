import { createHash } from 'node:crypto'
import type { Plugin } from 'vite'

const scriptTag = /<script type="module"[^>]*src="\/([^"]+)"[^>]*><\/script>\s*/g
const styleTag = /<link rel="stylesheet"[^>]*href="\/([^"]+)"[^>]*>\s*/g

const hashSource = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** A chunk as a classic script: it imports nothing, and ends no element. */
const asScript = (code: string): string =>
  `(function () {\n${code.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--')}\n})()`

/** Words of subjects that the page does not show. */
const otherWords = /\/web\/locales\/(?:zh-CN|en)\/(account|year|evidence|inbox|operation|workbook|nav)\.ts$/

/**
 * Puts the scripts and styles of a built page into it, so that it opens from a disk, with a policy that lets it run them and reach nothing:
 * a module script would not be loaded from a file, and an inlined one needs no server.
 */
export const oneFile: Plugin = {
  name: 'one-file',
  enforce: 'post',
  load(id) {
    const [, subject] = otherWords.exec(id) ?? []
    return subject === undefined ? undefined : `export const ${subject} = {}`
  },
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      const page = bundle['proof.html']
      if (page?.type !== 'asset') throw new Error('no proof.html was built')
      const [scripts, styles]: [string[], string[]] = [[], []]
      const html = String(page.source)
        .replace(scriptTag, (_tag, name: string) => {
          const chunk = bundle[name]
          if (chunk?.type !== 'chunk') throw new Error(`${name} is no script`)
          scripts.push(asScript(chunk.code))
          return ''
        })
        .replace(styleTag, (_tag, name: string) => {
          const asset = bundle[name]
          if (asset?.type !== 'asset') throw new Error(`${name} is no style`)
          styles.push(String(asset.source))
          return ''
        })
      const policy = `default-src 'none'; script-src ${scripts.map(hashSource).join(' ')}; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'`
      const head = `<meta http-equiv="Content-Security-Policy" content="${policy}">\n<style>${styles.join('\n')}</style>\n</head>`
      const end = `${scripts.map((script) => `<script>${script}</script>`).join('\n')}\n</body>`
      page.source = html.replace('</head>', () => head).replace('</body>', () => end)
      for (const name of Object.keys(bundle)) if (name !== 'proof.html') delete bundle[name]
    },
  },
}
