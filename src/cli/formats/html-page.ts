/** Style and behaviour of the HTML report. No outside resources, readable in light and dark, usable by keyboard. */

export const style = `
:root { color-scheme: light dark; --bg: #fff; --fg: #1c2024; --soft: #60646c; --line: #e0e1e6; --card: #f9f9fb; --accent: #0b6bcb; --mark: #ffe7b3; --error: #c62a2f; --warn: #ad5700; }
@media (prefers-color-scheme: dark) { :root { --bg: #111113; --fg: #edeef0; --soft: #b0b4ba; --line: #363a3f; --card: #18191b; --accent: #70b8ff; --mark: #573c08; --error: #ff9592; --warn: #ffca7a; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--bg); color: var(--fg); font: 15px/1.5 system-ui, sans-serif; }
header { padding: 1.5rem 2rem 1rem; border-bottom: 1px solid var(--line); }
h1 { margin: 0; font-size: 1.6rem; } header p { margin: 0; color: var(--soft); }
main { display: grid; grid-template-columns: minmax(14rem, 20rem) minmax(0, 1fr); gap: 2rem; padding: 1.5rem 2rem; }
@media (max-width: 50rem) { main { grid-template-columns: minmax(0, 1fr); } aside { position: static !important; } }
aside { position: sticky; top: 1rem; align-self: start; max-height: calc(100vh - 2rem); overflow: auto; }
aside label { font-weight: 600; } aside h2 { margin: 1.25rem 0 .4rem; font-size: .85rem; color: var(--soft); text-transform: uppercase; letter-spacing: .05em; overflow-wrap: break-word; }
input { width: 100%; margin-top: .25rem; padding: .45rem .6rem; border: 1px solid var(--line); border-radius: 6px; background: var(--bg); color: inherit; font: inherit; }
ul { list-style: none; margin: 0; padding: 0; }
button { position: relative; display: flex; justify-content: space-between; gap: .5rem; width: 100%; padding: .3rem .5rem; border: 1px solid transparent; border-radius: 6px; background: none; color: inherit; font: inherit; text-align: left; cursor: pointer; overflow: hidden; }
button span { overflow-wrap: anywhere; z-index: 1; } button b { z-index: 1; font-variant-numeric: tabular-nums; }
button i { position: absolute; inset: auto auto 0 0; height: 3px; background: var(--accent); opacity: .6; }
button:hover { background: var(--card); } button[aria-pressed=true] { border-color: var(--accent); background: var(--card); }
article { margin-bottom: 2rem; } h3 { margin: 0 0 .5rem; font: 600 1rem/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
.finding { margin: 0 0 1rem; padding: .75rem 1rem; border: 1px solid var(--line); border-left: 4px solid var(--error); border-radius: 6px; background: var(--card); }
.finding.warning { border-left-color: var(--warn); }
.finding p { margin: 0 0 .4rem; } .where { color: var(--soft); font-size: .85rem; } .rule { font-weight: 600; }
pre { margin: .5rem 0; padding: .6rem .8rem; overflow-x: auto; border-radius: 6px; background: var(--bg); border: 1px solid var(--line); font: 13px/1.5 ui-monospace, monospace; tab-size: 4; }
.n { color: var(--soft); user-select: none; } mark { background: var(--mark); color: inherit; border-radius: 2px; }
code { font-family: ui-monospace, monospace; font-size: .92em; } .remedy { color: var(--accent); } [hidden] { display: none !important; }
`

export const script = `
const filter = document.querySelector('#filter'), none = document.querySelector('#none');
const pressed = (kind) => document.querySelector('button[data-' + kind + '][aria-pressed=true]')?.dataset[kind];
function show() {
  const words = filter.value.toLowerCase().split(/ +/).filter(Boolean), rule = pressed('rule'), folder = pressed('folder');
  let any = false;
  for (const article of document.querySelectorAll('article')) {
    let some = false;
    for (const card of article.querySelectorAll('.finding')) {
      const fits = (!rule || card.dataset.rule === rule) && (!folder || article.dataset.folder === folder)
        && words.every((word) => card.dataset.text.includes(word));
      card.hidden = !fits; some ||= fits;
    }
    article.hidden = !some; any ||= some;
  }
  none.hidden = any;
}
filter.addEventListener('input', show);
for (const button of document.querySelectorAll('button')) button.addEventListener('click', () => {
  const kind = button.dataset.rule === undefined ? 'folder' : 'rule', was = button.getAttribute('aria-pressed') === 'true';
  for (const other of document.querySelectorAll('button[data-' + kind + ']')) other.setAttribute('aria-pressed', 'false');
  button.setAttribute('aria-pressed', String(!was)); show();
});
`
