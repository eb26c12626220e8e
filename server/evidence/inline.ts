import { asDownload, fileName } from '../http/download.ts'

/** A name for clients that know ASCII alone. */
const plain = (name: string): string => name.replace(/[^\x20-\x7e]/g, '_').replace(/["\\%]/g, '_')

/** A download under its own name, never taken for anything else. */
export const attachmentHeaders = (name: string, mediaType: string): Record<string, string> => ({
  ...asDownload(mediaType, name, plain(name)),
  'content-security-policy': "default-src 'none'; sandbox",
})

/**
 * Shown in a page of this site: nothing in it runs or loads. A sandboxed document cannot hold Chromium's PDF viewer, which itself is
 * isolated from the site; so the sandbox is for images only.
 */
export const inlineHeaders = (name: string, mediaType: string): Record<string, string> => ({
  'content-type': mediaType,
  'content-disposition': `inline; ${fileName(name, plain(name))}`,
  'content-security-policy':
    mediaType === 'application/pdf'
      ? "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; plugin-types application/pdf; frame-ancestors 'self'"
      : "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox",
  'x-frame-options': 'SAMEORIGIN',
})
