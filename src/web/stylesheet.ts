/** How does the page look? Plain: one column, system fonts, colors that keep their contrast in light and dark. */

export const stylesheet = `
:root { color-scheme: light dark; --ink: #1a2230; --soft: #5a6576; --line: #d5dae2; --paper: #fbfbf9; --card: #fff;
  --accent: #0b5c7a; --good: #1d6b3c; --warn: #8a5300; --bad: #a32020; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e8ee; --soft: #9aa6b6; --line: #333d4b; --paper: #12171e;
  --card: #1a212b; --accent: #6cc3e4; --good: #7fcf9d; --warn: #e6b366; --bad: #f09090; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main, header, footer { max-width: 68rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2rem; }
h1 { font-size: 1.7rem; margin: 0; letter-spacing: -0.01em; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 0.75rem; border-bottom: 1px solid var(--line); padding-bottom: 0.3rem; }
h3 { font-size: 1rem; margin: 1.25rem 0 0.4rem; }
p { margin: 0.4rem 0; }
a { color: var(--accent); }
.lead, .soft { color: var(--soft); }
form { display: flex; flex-wrap: wrap; gap: 0.75rem 1.25rem; align-items: end; margin: 1.25rem 0; padding: 1rem;
  background: var(--card); border: 1px solid var(--line); border-radius: 0.5rem; }
label { display: grid; gap: 0.2rem; font-size: 0.9rem; color: var(--soft); }
input, select { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--line); border-radius: 0.3rem;
  padding: 0.35rem 0.5rem; min-width: 11rem; }
button { font: inherit; color: var(--paper); background: var(--accent); border: 0; border-radius: 0.3rem;
  padding: 0.45rem 1.1rem; cursor: pointer; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
nav ul, .steps { list-style: none; display: flex; flex-wrap: wrap; gap: 0.4rem 1.25rem; padding: 0; margin: 0.75rem 0; }
.note { border-left: 4px solid var(--warn); padding: 0.3rem 0.9rem; margin: 0.8rem 0; background: var(--card); }
.note.error { border-color: var(--bad); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 0.94rem; }
th, td { text-align: left; vertical-align: top; padding: 0.4rem 0.9rem 0.4rem 0; border-bottom: 1px solid var(--line); }
th { color: var(--soft); font-weight: 600; }
.badge { display: inline-block; font-size: 0.8rem; padding: 0 0.5rem; border: 1px solid currentColor; border-radius: 1rem; white-space: nowrap; }
.good { color: var(--good); } .warn { color: var(--warn); } .bad { color: var(--bad); }
details { border-bottom: 1px solid var(--line); padding: 0.35rem 0; }
td details { border: 0; }
td:nth-child(3) { white-space: nowrap; }
details details { border: 0; padding: 0.1rem 0; font-size: 0.92rem; }
summary { cursor: pointer; }
summary .soft { margin-left: 0.5rem; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 0.5rem; padding: 0.7rem 1rem; margin: 0.7rem 0; }
.sources { margin: 0.2rem 0 0.4rem; padding-left: 1.1rem; }
footer { padding-top: 3rem; padding-bottom: 3rem; color: var(--soft); font-size: 0.9rem; }
`;
