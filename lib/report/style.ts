/** The page's only style sheet: system fonts, light and dark, and a form for paper. */
export const style = `
:root { color-scheme: light dark;
  --ink: #1c2730; --muted: #5b6873; --line: #dde3e8; --paper: #f6f8f9; --panel: #ffffff;
  --c1: #23688a; --c2: #e09f3e; --c3: #6a994e; --c4: #9c4f78; --c5: #7d8597; --c6: #b5651d;
  --r0: #eef1f3; --r1: #eaf2f6; --r2: #d3e5ee; --r3: #b5d4e2; --r4: #92bfd3; --r5: #6ba8c2; }
@media (prefers-color-scheme: dark) { :root {
  --ink: #e6ecf0; --muted: #9caab5; --line: #323d46; --paper: #12181d; --panel: #1a2229;
  --c1: #5aa9cf; --c2: #e8b35e; --c3: #8dbb70; --c4: #c57ba4; --c5: #99a2b3; --c6: #d28a4a;
  --r0: #20282f; --r1: #1b2a33; --r2: #1e3644; --r3: #224557; --r4: #28566d; --r5: #2f6985; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main, header, footer { max-width: 1020px; margin: 0 auto; padding: 0 24px; }
header { padding-top: 40px; }
h1 { font-size: 30px; line-height: 1.2; margin: 0; letter-spacing: -0.01em; }
h2 { font-size: 21px; margin: 0 0 12px; }
h3 { font-size: 16px; margin: 0; }
p { margin: 0 0 12px; max-width: 75ch; }
header p, .note, figcaption p, footer { color: var(--muted); }
section { background: var(--panel); border: 1px solid var(--line); border-radius: 10px;
  padding: 24px; margin: 24px 0; }
.lead { font-size: 17px; }
.note { font-size: 14px; }
.note:last-child { margin-bottom: 0; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(240px, 1fr)); gap: 16px;
  margin: 0 0 16px; }
.card { border-left: 3px solid var(--c1); padding: 2px 0 2px 14px; }
.card dt { color: var(--muted); font-size: 14px; }
.card dd { margin: 0; }
.card strong { display: block; font-size: 28px; line-height: 1.25; font-weight: 600;
  font-variant-numeric: tabular-nums; }
.card span { font-size: 14px; color: var(--muted); }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(400px, 100%), 1fr));
  gap: 8px 32px; }
figure { margin: 0 0 20px; min-width: 0; }
figcaption p { font-size: 14px; margin-bottom: 6px; }
svg { display: block; max-width: 100%; height: auto; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; min-width: min(100%, 560px); font-size: 14px; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--muted); padding: 8px 0; }
th, td { padding: 6px 10px; border-bottom: 1px solid var(--line); text-align: left;
  vertical-align: top; }
th { font-weight: 600; }
thead th { color: var(--muted); font-weight: 500; vertical-align: bottom; }
.number { text-align: right; }
td.number, tbody th { white-space: nowrap; }
details { margin-top: 8px; }
summary { cursor: pointer; color: var(--c1); font-size: 14px; }
footer { font-size: 13px; padding-bottom: 40px; }
/* A picture whose words would become too small is moved sideways. */
.picture { overflow-x: auto; }
.picture svg[width="920"] { min-width: 640px; }
@media (max-width: 640px) {
  main, header, footer { padding: 0 12px; }
  section { padding: 16px; }
  .scroll table, .scroll caption, .scroll tbody, .scroll tr, .scroll th, .scroll td { display: block; }
  .scroll table { min-width: 0; }
  .scroll thead { display: none; }
  .scroll tr { border-bottom: 1px solid var(--line); padding: 8px 0; }
  .scroll th, .scroll td { border: 0; padding: 2px 0; white-space: normal; overflow-wrap: anywhere; }
  .scroll td { display: flex; justify-content: space-between; gap: 12px; text-align: right; }
  .scroll td::before { content: attr(data-name); color: var(--muted); text-align: left;
    flex: none; max-width: 60%; } }
@media print { body { background: none; font-size: 11pt; }
  main, header, footer { max-width: none; padding: 0; }
  section { border: 0; padding: 0; } figure, tr { break-inside: avoid; }
  .scroll, .picture { overflow: visible; } .picture svg[width="920"] { min-width: 0; }
  table { min-width: 0; width: 100%; font-size: 9pt; }
  th, td { padding: 3px 6px; } td.number, tbody th { white-space: normal; } }
`;
