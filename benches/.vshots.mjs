import { chromium, launchOptions, Server } from './chromium.mjs';
import { setTimeout as wait } from 'node:timers/promises';
const server = new Server(); const browser = await chromium.launch(launchOptions);
try {
  await server.start();
  const mk = async (type, craft) => { const j = await server.call('POST','/jobs',{type,input:{craft}}); for(;;){const s=await server.call('GET',`/jobs/${j.jobId}`); if(!['queued','running'].includes(s.state)) return s; await wait(50);} };
  const fs = await import('node:fs'); const names = fs.readdirSync('samples/craft').filter(n=>/\.(craft|sfs)$/.test(n)); console.log(names);
  const made=[]; for (const n of names) for (const t of ['part_tree','stage_plan']) { const s=await mk(t,n).catch(e=>({state:String(e).slice(0,200)})); console.log(n,t,s.state,s.failure?.summary??''); if(s.result) made.push([t,n,s]); }
  for (const [theme,w,h,lang] of [['light',1280,900,'en'],['dark',390,844,'fr']]) {
    const ctx = await browser.newContext({ viewport:{width:w,height:h}, colorScheme: theme, locale: lang, extraHTTPHeaders: {'accept-language':lang} });
    const page = await ctx.newPage(); page.on('console',m=>['error','warning'].includes(m.type())&&console.log('CONSOLE',m.text()));
    await page.goto(server.url+'/vessels'); await page.screenshot({path:`/tmp/shots/vessels-${theme}.png`, fullPage:true});
    for (const [t,n,s] of made.filter(([t,n])=>/Stone|.*/.test(n)).slice(-4)) { await page.goto(server.url+s.result.page); await page.screenshot({path:`/tmp/shots/${t}-${n.replace(/\W/g,'')}-${theme}.png`, fullPage:true}); console.log(theme, t, n, await page.evaluate(()=>document.documentElement.scrollWidth)); }
    await ctx.close();
  }
} finally { await browser.close(); await server.remove(); }
