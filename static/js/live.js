/* Listen to the server's stream for a play page; static/js/updates.js asks what is new when it says so.

   listen({ url: root.dataset.live, known, news, lost })   used by [data-live="/runs/…/live"], see updates.js
     known()   the seq of the newest event this page shows
     news()    there is something to ask for that this page doesn't show yet
     lost()    the stream is gone: the page asks by itself until `open` is true again
   Gives { open, close(), retry() }. The stream is closed in a hidden tab (a browser opens six connections to a server,
   no more) and opened again on return. Where it is refused, replaced or silent, it is tried again after a minute. */

const SILENCE = 40000, AGAIN = 60000;

/** Name this tab, so that the server can let go of the stream of the page before this one. */
function tabName() {
  try {
    const kept = sessionStorage.getItem("tab") ?? crypto.getRandomValues(new Uint32Array(2)).join("-");
    sessionStorage.setItem("tab", kept);
    return kept;
  } catch {
    return "";
  }
}

export function listen({ url, known, news, lost }) {
  let source = null, watch = 0, later = 0, done = !url || !("EventSource" in window);
  const tab = tabName();
  const live = { open: false, close, retry };

  function start() {
    clearTimeout(later);
    if (done || source || document.hidden) return;
    source = new EventSource(`${url}?after=${known()}&tab=${encodeURIComponent(tab)}`);
    source.addEventListener("hello", () => { heard(); live.open = true; });
    source.addEventListener("beat", heard);
    source.addEventListener("news", (event) => { heard(); if (Number(event.data) > known()) news(); });
    source.addEventListener("due", () => { heard(); news(); });
    source.addEventListener("end", (event) => {
      if (event.data === "stopping") return; // the browser comes back by itself
      give(event.data === "over" ? 0 : AGAIN);
      news();
    });
    source.addEventListener("error", () => {
      live.open = false;
      if (source?.readyState === EventSource.CLOSED) give(AGAIN);
      lost();
    });
    heard();
  }

  function heard() {
    clearTimeout(watch);
    watch = setTimeout(() => { give(AGAIN); lost(); }, SILENCE);
  }

  /** Let go of the stream; try again `after` milliseconds, not at all for 0. */
  function give(after) {
    clearTimeout(watch);
    clearTimeout(later);
    source?.close();
    source = null;
    live.open = false;
    if (after && !done) later = setTimeout(start, after);
  }

  function close() { done = true; give(0); }

  /** The server could not be reached: a stream that still seems open may be dead. */
  function retry() {
    if (source) give(2000);
  }

  document.addEventListener("visibilitychange", () => { if (document.hidden) give(0); else start(); });
  addEventListener("pagehide", () => give(0));
  addEventListener("pageshow", (event) => { if (event.persisted) start(); });
  start();
  return live;
}
