import { chromium } from 'playwright-core'
import { as } from '/tmp/m/cases.mts'
const [,, out, role, lang, width, only] = process.argv
const base='http://localhost:'+(process.env.PORT??'8391')
const api=await as(role)
const years=(await api('GET','/api/assessments')).json.items
const y=years[0].id, p=years[1]?.id
const unitOf=(await api('GET','/api/auth/session')).json.account.unit?.id
const scheme=years[0].schemeId
const standing=(await api('GET',`/api/assessments/${p}/standings`)).json
const u=unitOf&&role!=='office'&&role!=='leader'?unitOf:(standing.standings?.[12]?.unitId ?? standing.groups?.[1]?.standings?.[3]?.unitId ?? unitOf)
const a='/assessments/'+y, b='/assessments/'+p
const all:Record<string,string>={
 cockpit:b+'/cockpit', cockpitNow:a+'/cockpit', overview:a+'/overview', home:a+'/home', inbox:'/inbox', record:a+'/record', ranking:b+'/ranking', rankingNow:a+'/ranking',
 scorecard:b+'/units/'+u, scorecardNow:a+'/units/'+u, deductions:a+'/deductions', ledger:a+'/ledger', rectification:a+'/rectification', self:a+'/self', verification:a+'/verification',
 thirdParty:a+'/third-party', appeals:a+'/appeals', publications:a+'/publications', publicationsOld:b+'/publications', circular:b+'/circular', compare:b+'/compare', simulation:a+'/simulation', wallLinks:a+'/wall-links',
 schemes:'/schemes', scheme:'/schemes/'+scheme, course:a+'/course', newYear:'/new-year', exchange:a+'/exchange', units:'/units', holidays:'/holidays', accounts:'/accounts', slips:'/slips', signInSettings:'/sign-in-settings', mail:'/mail', operation:'/operation', audit:'/audit', start:'/start', me:'/me', sessions:'/sessions',
}
const names=only?only.split(','):Object.keys(all)
const browser=await chromium.launch({executablePath:'/usr/bin/chromium',args:['--no-sandbox']})
const ctx=await browser.newContext({viewport:{width:+width,height:width==='390'?844:768},locale:lang,deviceScaleFactor:1})
const page=await ctx.newPage()
const errs:string[]=[]
page.on('pageerror',e=>errs.push(String(e)))
await page.goto(base+'/sign-in')
await page.evaluate(l=>{localStorage.setItem('language',l);localStorage.setItem('zhengheng.language',l)},lang)
const r=await ctx.request.post(base+'/api/auth/sign-in',{data:{username:role,password:'Password 2026 ok'},headers:{origin:base}})
if(!r.ok()) console.log(await r.text())
const en=lang.startsWith('en')
await page.goto(base+'/me')
const langButton=page.getByRole('button',{name:en?'English':'中文'})
if(await langButton.count()) await langButton.first().click().catch(()=>{})
for(const n of names){
  await page.goto(base+all[n]).catch(()=>{})
  await page.waitForLoadState('networkidle').catch(()=>{})
  await page.waitForTimeout(600)
  const o=await page.evaluate(()=>document.documentElement.scrollWidth-innerWidth)
  const url=page.url().replace(base,'')
  if(url.includes('forbidden')){console.log(n,'forbidden');continue}
  await page.screenshot({path:`${out}/${role}-${n}-${lang}-${width}.png`,fullPage:true})
  if(process.env.PDF){await page.pdf({path:`${out}/${role}-${n}-${lang}.pdf`,format:'A4',printBackground:true})}
  console.log(n,url===all[n]?'':'→ '+url,o>0?'OVERFLOW '+o:'')
}
console.log(errs.join('\n'))
await browser.close()
