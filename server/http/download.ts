/** Media types of files that people download. */
export const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
export const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
export const zip = 'application/zip'

/** Headers of a download whose name may be Chinese (RFC 6266). */
export const asDownload = (type: string, name: string): Record<string, string> => ({
  'content-type': type,
  'content-disposition': `attachment; filename="download"; filename*=UTF-8''${encodeURIComponent(name)}`,
})
