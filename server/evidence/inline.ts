/** A download: attached, under its own name, and never taken for anything else. */
export const attachmentHeaders = (name: string): Record<string, string> => ({
  'content-disposition': `attachment; ${nameParameters(name)}`,
  'content-security-policy': "default-src 'none'; sandbox",
})

/** Characters that `encodeURIComponent` leaves and RFC 5987 does not. */
const rest = /['()*]/g

/** Both forms of the name (RFC 6266): ASCII for old clients, RFC 5987 for the real one. */
function nameParameters(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]/g, '_').replace(/["\\%]/g, '_')
  const full = encodeURIComponent(name).replace(
    rest,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `filename="${plain}"; filename*=UTF-8''${full}`
}

/**
 * Shown in a page of this site: nothing in it runs or loads. A sandboxed document cannot hold Chromium's PDF viewer, which itself is
 * isolated from the site; so the sandbox is for images only.
 */
export const inlineHeaders = (name: string, mediaType: string): Record<string, string> => ({
  'content-disposition': `inline; ${nameParameters(name)}`,
  'content-security-policy':
    mediaType === 'application/pdf'
      ? "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; plugin-types application/pdf; frame-ancestors 'self'"
      : "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox",
  'x-frame-options': 'SAMEORIGIN',
})
