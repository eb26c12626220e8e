import { crc32, deflateSync, gzipSync } from 'node:zlib'
import { zipOf } from '../fixtures/zips.ts'

const part = (text: string) => ({ bytes: Buffer.from(text) })

function chunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type), body])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(body.length)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}

const header = Buffer.from([0, 0, 0, 2, 0, 0, 0, 2, 8, 2, 0, 0, 0])

/** A two by two image. */
export const png = Buffer.concat([
  Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
  chunk('IHDR', header),
  chunk('IDAT', deflateSync(Buffer.alloc(14, 0x80))),
  chunk('IEND', Buffer.alloc(0)),
])
export const jpg = Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex')

/** One page that says when it was rectified. */
export const pdf = ((): Buffer => {
  const stream = 'BT /F1 24 Tf 20 100 Td (Rectified 2017-05-10) Tj ET'
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ]
  let text = '%PDF-1.4\n'
  const offsets = objects.map((object, index) => {
    const at = text.length
    text += `${index + 1} 0 obj\n${object}\nendobj\n`
    return at
  })
  const start = text.length
  const rows = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`
  return Buffer.from(text, 'latin1')
})()

const types = part('<Types/>')
export const docx = zipOf({ '[Content_Types].xml': types, 'word/document.xml': part('<w:document/>') })
export const xlsx = zipOf({ '[Content_Types].xml': types, 'xl/workbook.xml': part('<workbook/>') })
export const pptx = zipOf({ '[Content_Types].xml': types, 'ppt/presentation.xml': part('<p/>') })
export const withMacros = zipOf({
  '[Content_Types].xml': types,
  'word/document.xml': part('<w:document/>'),
  'word/vbaProject.bin': part('macro'),
})
export const zip = zipOf({ '整改/说明.txt': part('已更新栏目'), 'inner.zip': { bytes: docx } })

/** The virus test string, put together only here. */
export const eicar = Buffer.from(
  ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join(''),
)
/** 「整改情况」 in GB18030. */
export const gbText = Buffer.from('d5fbb8c4c7e9bff6', 'hex')

const relation = (target: string) =>
  part(
    `<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="${target}"/></Relationships>`,
  )
const pictured = (bytes: Buffer) =>
  zipOf({
    '[Content_Types].xml': types,
    '_rels/.rels': relation('word/document.xml'),
    'word/document.xml': part('<w:document/>'),
    'word/media/image1.emz': { bytes: gzipSync(bytes) },
    'word/media/image2.wmz': { bytes: gzipSync(bytes) },
  })
/** Office packs drawings of its own by themselves. */
export const withPackedPictures = pictured(Buffer.from('a drawing'))
export const withVirusInPicture = pictured(eicar)
export const withBombInPicture = pictured(Buffer.alloc(20 * 1024 * 1024))
/** Some programs call the main part otherwise, and say so. */
export const withSecondDocument = zipOf({
  '[Content_Types].xml': types,
  '_rels/.rels': relation('/word/document2.xml'),
  'word/document2.xml': part('<w:document/>'),
})
export const withForeignMainPart = zipOf({
  '[Content_Types].xml': types,
  '_rels/.rels': relation('xl/workbook.xml'),
  'word/document.xml': part('<w:document/>'),
  'xl/workbook.xml': part('<workbook/>'),
})
