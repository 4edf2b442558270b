// Zoom by keyboard and wheel, remembered: what a browser brings along and a web view does not.
(() => {
  if (window.top !== window) return
  const KEY = 'ociscope.zoom'
  const LEVELS = [0.5, 0.67, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3]
  const remembered = () => {
    const level = Number(window.localStorage.getItem(KEY))
    return LEVELS.includes(level) ? level : 1
  }
  const set = (level) => {
    if (level === undefined) return
    window.localStorage.setItem(KEY, String(level))
    window.__TAURI_INTERNALS__.invoke('plugin:webview|set_webview_zoom', { value: level })
  }
  const step = (by) => set(LEVELS[LEVELS.indexOf(remembered()) + by])

  window.addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return
    if (event.key === '+' || event.key === '=') step(1)
    else if (event.key === '-') step(-1)
    else if (event.key === '0') set(1)
    else return
    event.preventDefault()
  })
  window.addEventListener('wheel', (event) => {
    if (!event.ctrlKey) return
    event.preventDefault()
    step(event.deltaY < 0 ? 1 : -1)
  }, { passive: false })
  window.addEventListener('DOMContentLoaded', () => {
    if (remembered() !== 1) set(remembered())
  })
})()
