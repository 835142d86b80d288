/** Style of the report: the app's calm on paper. One file, no fonts or pictures from elsewhere. */
export const reportStyle = `
:root{--ground:#fff;--raised:#f6f6f4;--line:#dededa;--line2:#c4c4bf;--text:#17181a;--text2:#55585c;--text3:#65686c;--area:#e2e2de;--bar:#c4c4bf;--accent:#1f5fbf;--warn:#8a5800;--warn-ground:#fbf5e6;color-scheme:light dark}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-behavior:smooth}
body{margin:0;background:var(--ground);color:var(--text);font:15px/1.6 Inter,"Helvetica Neue",Helvetica,Arial,"Liberation Sans",sans-serif;font-feature-settings:"tnum";font-variant-numeric:tabular-nums}
.page{max-width:1128px;margin:0 auto;padding:56px 24px 96px}
a{color:inherit;text-decoration-color:var(--line2);text-underline-offset:3px}
a:focus-visible,summary:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.skip{position:absolute;left:-999px}
.skip:focus{left:24px;top:12px;background:var(--ground);padding:4px 8px}
h1,h2,h3,h4{font-weight:600;letter-spacing:-.01em;margin:0;text-wrap:balance}
.kicker{color:var(--text3);font-size:13px;margin:0 0 8px}
h1{font-size:38px;line-height:1.15;letter-spacing:-.022em;overflow-wrap:anywhere}
.lead{font-size:19px;line-height:1.55;max-width:46em;margin:20px 0 0;text-wrap:pretty}
.facts{display:flex;flex-wrap:wrap;gap:12px 40px;margin:32px 0 0;padding:20px 0;border-top:1px solid var(--line);border-bottom:1px solid var(--line)}
.facts div{min-width:84px}
.facts dt,.meta dt{color:var(--text3);font-size:12px;line-height:1.4}
.facts dd{margin:2px 0 0;font-size:16px;font-weight:500;white-space:nowrap}
nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:4px 24px;margin:20px 0 0;padding:0;font-size:13px;color:var(--text2)}
nav a{text-decoration:none}
nav a:hover{text-decoration:underline}
section{margin-top:72px}
h2{font-size:24px;line-height:1.25;padding-bottom:6px}
section>p:not(.caption),.prose p{max-width:44em;margin:8px 0 0;text-wrap:pretty}
.muted{color:var(--text2)}
.notice{margin:28px 0 0;padding:14px 18px;border-left:3px solid var(--warn);background:var(--warn-ground);max-width:60em}
.notice h2{font-size:14px;padding:0;color:var(--warn)}
.notice ul,.plain{margin:4px 0 0;padding-left:18px}
figure{margin:24px 0 0}
figure svg{display:block;max-width:100%;height:auto}
.keyed{display:grid;grid-template-columns:minmax(0,780px) minmax(150px,250px);gap:0 24px;align-items:start}
.keyed figcaption{grid-column:1/-1}
.key{list-style:none;margin:0;padding:0;font-size:12.5px;line-height:22px}
.key li{display:grid;grid-template-columns:14px minmax(0,1fr) auto;gap:10px;align-items:center;break-inside:avoid}
.key li span{overflow-wrap:anywhere}
.key li span:last-child{color:var(--text2)}
figcaption,section>p.caption{margin-top:10px;font-size:13px;line-height:1.5;color:var(--text2);max-width:62em;text-wrap:pretty}
figcaption b,caption b,.caption b{color:var(--text);font-weight:600}
.scroll{overflow-x:auto;margin-top:28px}
table{border-collapse:collapse;width:100%;font-size:13.5px;line-height:1.45}
caption{text-align:left;font-size:13px;color:var(--text2);padding-bottom:10px}
th,td{text-align:left;padding:7px 12px 7px 0;border-bottom:1px solid var(--line);vertical-align:middle}
th{font-weight:500}
thead th{color:var(--text3);font-size:12px;font-weight:400;border-bottom-color:var(--line2);vertical-align:bottom;white-space:nowrap}
tbody th{font-weight:500;min-width:5.5em}
tfoot td,tfoot th{border-bottom:0;color:var(--text2);font-weight:400}
.n{text-align:right;white-space:nowrap}
thead .n{padding-left:12px}
.swatch svg{display:block}
td.swatch,th.swatch{width:30px;padding-right:10px}
.lines{color:var(--text2)}
.lines b{font-weight:500;color:var(--text)}
.card{margin-top:44px;padding-top:18px;border-top:1px solid var(--line2)}
.card header{display:flex;align-items:center;gap:10px;flex-wrap:wrap}
.card h3{font-size:18px;line-height:1.3;overflow-wrap:anywhere}
.card .size{color:var(--text2);font-size:13.5px;margin-left:auto}
.card figure{margin-top:14px}
.card figure svg{width:100%}
.two{display:grid;grid-template-columns:minmax(0,5fr) minmax(0,7fr);gap:8px 48px;margin-top:16px}
h4{font-size:13px;color:var(--text3);font-weight:500;letter-spacing:0}
.two p,.why p{margin:4px 0 0;font-size:14px;line-height:1.55}
.two .scroll{margin-top:0}
.why{margin-top:16px;max-width:62em}
.two p+p,.why p+p{margin-top:8px}
.two table{font-size:13px}
.two th,.two td{padding-top:4px;padding-bottom:4px}
.tiles{display:grid;grid-template-columns:repeat(auto-fill,minmax(300px,1fr));gap:28px 24px;margin-top:24px}
.tiles figure,.side figure{margin:0}
.tiles svg{width:100%}
.side{display:grid;grid-template-columns:minmax(0,2.35fr) minmax(0,1fr);gap:24px;align-items:start;margin-top:28px}
.side svg{width:100%}
.pair{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:32px;align-items:start}
.pair svg{width:100%}
.prose ol,.prose ul{padding-left:20px;max-width:44em}
.prose li{margin-top:4px}
.references{font-size:13.5px;color:var(--text2)}
details{margin-top:24px;border-top:1px solid var(--line);border-bottom:1px solid var(--line)}
details+details{border-top:0;margin-top:0}
summary{cursor:pointer;padding:12px 0;font-weight:500}
details>div{padding-bottom:20px}
pre{margin:0;padding:16px;background:var(--raised);border-radius:6px;font:12px/1.55 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;overflow-x:auto;white-space:pre-wrap;overflow-wrap:anywhere;tab-size:2}
code{font:12.5px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;overflow-wrap:anywhere}
.meta{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:6px 24px;margin:20px 0 0;font-size:13.5px}
.meta dt{font-size:13.5px;line-height:inherit}
.meta dd{margin:0;overflow-wrap:anywhere}
footer{margin-top:72px;padding-top:16px;border-top:1px solid var(--line);color:var(--text3);font-size:12.5px}
.f-ink{fill:var(--text)}.f-ink2{fill:var(--text2)}.f-ink3{fill:var(--text3)}.f-area{fill:var(--area)}.f-bar{fill:var(--bar)}
.s-ink{stroke:var(--text)}.s-ink2{stroke:var(--text2)}.s-ink3{stroke:var(--text3)}.s-rule{stroke:var(--line)}.s-halo{stroke:var(--ground)}
.s-trace{stroke:var(--light)}
@media screen and (prefers-color-scheme:dark){
:root{--ground:#17181a;--raised:#1f2023;--line:#2c2e31;--line2:#3b3d41;--text:#ececea;--text2:#a6a8ab;--text3:#8e9195;--area:#33363a;--bar:#4a4d52;--accent:#7fb0ff;--warn:#e9b44c;--warn-ground:#232018}
.s-trace{stroke:var(--dark)}
}
@media (max-width:760px){
.page{padding-top:32px}
h1{font-size:24px}
.lead{font-size:16px}
.facts dd{font-size:14px}
.keyed{grid-template-columns:minmax(0,1fr)}
.key{margin-top:12px;columns:2 150px;column-gap:24px}
.two,.side,.pair{grid-template-columns:minmax(0,1fr)}
.card .size{margin-left:0;flex-basis:100%}
}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
@media print{
@page{size:A4;margin:16mm 15mm}
:root{--text2:#3d4044;--text3:#55585c}
body{font-size:9.5pt;line-height:1.5}
.page{max-width:none;padding:0}
nav,.skip{display:none}
h1{font-size:24pt}
.lead{font-size:12.5pt}
section{margin-top:26pt}
h2{font-size:15pt}
.card{margin-top:18pt}
h2,h3,h4,.card header{break-after:avoid}
figure,tr,.card,.notice,.side{break-inside:avoid}
.scroll{overflow:visible}
.tiles{grid-template-columns:repeat(3,minmax(0,1fr));gap:14pt}
pre{font-size:7pt;white-space:pre-wrap}
table{font-size:8.5pt}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
}
`;
