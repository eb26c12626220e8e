import type { generateSpecs } from 'hono-openapi'
import type { Language } from '#assessment/language'
import { problemTexts } from './problems/texts.ts'

type Document = Awaited<ReturnType<typeof generateSpecs>>
type PathItem = NonNullable<NonNullable<Document['paths']>[string]>
type Operation = NonNullable<PathItem['get']>

const words: Readonly<
  Record<
    Language,
    Readonly<
      Record<
        'title' | 'intro' | 'parameters' | 'body' | 'answers' | 'schemas' | 'problems' | 'raw' | 'other',
        string
      >
    >
  >
> = {
  'zh-CN': {
    title: '政衡接口说明',
    intro:
      '会话由登录接口建立，凭 Cookie 识别。修改类接口需要 If-Match。出错时返回 RFC 9457 格式，code 固定不变。',
    parameters: '参数',
    body: '请求内容',
    answers: '返回',
    schemas: '数据结构',
    problems: '错误代码',
    raw: '机器可读版本（OpenAPI 3.1）',
    other: 'English',
  },
  en: {
    title: 'Zhengheng API',
    intro:
      'A session begins with signing in and is kept in a cookie. Changes need If-Match. Failures are RFC 9457 problems whose code never changes.',
    parameters: 'Parameters',
    body: 'Request body',
    answers: 'Answers',
    schemas: 'Schemas',
    problems: 'Problem codes',
    raw: 'Machine-readable (OpenAPI 3.1)',
    other: '中文',
  },
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? '')

/** The half of a two-language text that the reader wants. */
const half = (text: string, language: Language): string => {
  const [zh = '', en = zh] = text.split(' · ')
  return language === 'en' ? en : zh
}

const json = (value: unknown): string => `<pre>${escape(JSON.stringify(value, null, 2))}</pre>`

const schemaName = (schema: unknown): string | null => {
  const reference =
    typeof schema === 'object' && schema !== null && '$ref' in schema ? String(schema.$ref) : null
  return reference?.split('/').pop() ?? null
}

function schemaHtml(schema: unknown): string {
  const name = schemaName(schema)
  return name ? `<a href="#schema-${escape(name)}">${escape(name)}</a>` : json(schema)
}

const contentHtml = (content: Readonly<Record<string, { readonly schema?: unknown }>> | undefined): string =>
  Object.entries(content ?? {})
    .map(
      ([media, { schema }]) =>
        `<code>${escape(media)}</code> ${schema === undefined ? '' : schemaHtml(schema)}`,
    )
    .join('')

function operationHtml(path: string, method: string, operation: Operation, language: Language): string {
  const say = words[language]
  const parameters = (operation.parameters ?? []).flatMap((parameter) =>
    '$ref' in parameter
      ? []
      : [
          `<tr><td><code>${escape(parameter.name)}</code></td><td>${escape(parameter.in)}</td><td>${parameter.required ? '*' : ''}</td><td>${escape(JSON.stringify(parameter.schema ?? {}))}</td></tr>`,
        ],
  )
  const body =
    operation.requestBody && !('$ref' in operation.requestBody)
      ? contentHtml(operation.requestBody.content)
      : ''
  const answers = Object.entries(operation.responses ?? {}).map(([status, answer]) =>
    '$ref' in answer ? '' : `<dt>${escape(status)}</dt><dd>${contentHtml(answer.content)}</dd>`,
  )
  return `<details class="operation"><summary><span class="method ${method}">${method.toUpperCase()}</span> <code>${escape(path)}</code> <span>${escape(half(operation.summary ?? '', language))}</span></summary>
${parameters.length > 0 ? `<h4>${say.parameters}</h4><table>${parameters.join('')}</table>` : ''}
${body ? `<h4>${say.body}</h4>${body}` : ''}
<h4>${say.answers}</h4><dl>${answers.join('')}</dl></details>`
}

const methods = ['get', 'post', 'patch', 'put', 'delete'] as const

function operationsByTag(document: Document, language: Language): Map<string, string[]> {
  const tags = new Map<string, string[]>()
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const method of methods) {
      const operation = item?.[method]
      if (!operation) continue
      const tag = half(operation.tags?.[0] ?? '', language)
      tags.set(tag, [...(tags.get(tag) ?? []), operationHtml(path, method, operation, language)])
    }
  }
  return tags
}

/** The OpenAPI document as a page without scripts. */
export function docsPage(document: Document, language: Language): string {
  const say = words[language]
  const sections = [...operationsByTag(document, language)].map(
    ([tag, operations]) => `<section><h2>${escape(tag)}</h2>${operations.join('\n')}</section>`,
  )
  const schemas = Object.entries(document.components?.schemas ?? {}).map(
    ([name, schema]) =>
      `<details id="schema-${escape(name)}"><summary><code>${escape(name)}</code></summary>${json(schema)}</details>`,
  )
  const problems = Object.entries(problemTexts).map(
    ([code, { status, text }]) =>
      `<tr id="problem-${code}"><td><code>${code}</code></td><td>${status}</td><td>${escape(text[language][0])}</td></tr>`,
  )
  const other = language === 'en' ? 'zh-CN' : 'en'
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${say.title}</title><link rel="stylesheet" href="/api/docs.css"></head>
<body><header><h1>${say.title}</h1><a href="/api/docs?lang=${other}" lang="${other}">${say.other}</a></header>
<main><p>${say.intro} <a href="/api/openapi.json">${say.raw}</a></p>
${sections.join('\n')}
<section><h2>${say.schemas}</h2>${schemas.join('\n')}</section>
<section><h2>${say.problems}</h2><table>${problems.join('\n')}</table></section>
</main></body></html>`
}

export const docsStyle = `:root{color-scheme:light;font:14px/1.6 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;color:#1d2430;background:#f4f6f9}
body{margin:0}header{display:flex;justify-content:space-between;align-items:baseline;padding:16px 24px;background:#fff;border-bottom:1px solid #dde3ea}
h1{font-size:20px;margin:0}h2{font-size:16px;margin:24px 0 8px}h4{margin:12px 0 4px}main{max-width:1040px;margin:0 auto;padding:8px 24px 48px}
a{color:#1550a8}details{background:#fff;border:1px solid #dde3ea;border-radius:4px;margin:4px 0;padding:8px 12px}summary{cursor:pointer}
summary code{font-size:13px;overflow-wrap:anywhere}.method{display:inline-block;min-width:56px;font-weight:600}.get{color:#1550a8}.post{color:#1b6b3a}.patch{color:#8a4b00}.delete{color:#b3261e}
table{border-collapse:collapse;width:100%}td{border-top:1px solid #e6ebf1;padding:4px 8px;vertical-align:top;overflow-wrap:anywhere}
pre{background:#f4f6f9;padding:8px;overflow:auto;max-height:320px;font-size:12px}dl{display:grid;grid-template-columns:64px 1fr;gap:4px 8px;margin:0}dd{margin:0;min-width:0}
:focus-visible{outline:2px solid #1550a8;outline-offset:2px}`
