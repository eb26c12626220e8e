/** Media types of files that people download. */
export const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
export const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
export const zip = 'application/zip'
export const html = 'text/html'
export const json = 'application/json'
/** One JSON object a line; there is no registered name for that. */
export const jsonLines = 'text/plain'

/** Characters that `encodeURIComponent` leaves and RFC 5987 does not. */
const left = /['()*]/g
const escaped = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`

/** A file's name in both forms (RFC 6266): ASCII for old clients, RFC 5987 for the real one. */
export const fileName = (name: string, ascii: string): string =>
  `filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(name).replace(left, escaped)}`

/** Headers of a download whose name may be Chinese. */
export const asDownload = (type: string, name: string, ascii = 'download'): Record<string, string> => ({
  'content-type': type,
  'content-disposition': `attachment; ${fileName(name, ascii)}`,
})
