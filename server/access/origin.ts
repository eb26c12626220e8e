const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

const hostOf = (origin: string): string | null => {
  try {
    return new URL(origin).host
  } catch {
    return null
  }
}

/**
 * Whether a request may write: its Origin must be one of our hosts. Programs other than browsers send neither Origin nor
 * Sec-Fetch-Site and carry no foreign page's wish, so they may.
 */
export function originAllowed(method: string, headers: Headers, hosts: readonly (string | null)[]): boolean {
  if (safeMethods.has(method)) return true
  const origin = headers.get('origin')
  if (origin !== null) return hosts.includes(hostOf(origin) ?? '')
  const site = headers.get('sec-fetch-site')
  return site === null || site === 'same-origin'
}
