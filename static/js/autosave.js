/* Keep a draft: on the server after a short rest, and in this browser at once, so that a lost connection loses no word.

   <textarea data-autosave="/runs/…/draft" data-thread="bag" data-keep="run/bag">
   [data-save-state="<textarea id>"]   data-words-saved, data-words-saving, data-words-offline, data-words-restored
   Sending clears the kept words: event `draft:sent` on the textarea. */

const REST = 800;
const RETRY = 5000;

const kept = {
  read(key) { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
  write(key, value) { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* full or forbidden: the server still has it */ } },
  drop(key) { try { localStorage.removeItem(key); } catch { /* nothing kept */ } },
};

function attach(area) {
  const key = `draft/${area.dataset.keep}`;
  const state = document.querySelector(`[data-save-state="${area.id}"]`);
  const token = () => area.form?.elements.csrf_token?.value ?? "";
  // `defaultValue` is what the server sent: words typed before this script ran are not saved yet.
  const early = area.value !== area.defaultValue;
  let saved = area.defaultValue, rest = 0, done = false, busy = false;

  const say = (name) => {
    const words = state?.dataset[`words${name}`] ?? "";
    if (state && state.textContent !== words) state.textContent = words;
    if (state) state.dataset.state = name.toLowerCase();
  };

  async function save({ leaving = false } = {}) {
    clearTimeout(rest);
    const text = area.value;
    if (done || text === saved || (busy && !leaving)) return;
    busy = true;
    try {
      const answer = await fetch(area.dataset.autosave, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token() },
        body: JSON.stringify({ thread: area.dataset.thread, text }),
        keepalive: leaving,
      });
      if (!answer.ok) {
        const told = await answer.json().catch(() => null);
        if (state && told?.detail) { state.textContent = told.detail; state.dataset.state = "problem"; }
        else say("Offline");
        return;
      }
      saved = text;
      if (area.value === text) { kept.drop(key); say("Saved"); }
    } catch {
      say("Offline");
      rest = setTimeout(save, RETRY);
    } finally {
      busy = false;
      if (area.value !== text && !done) later();
    }
  }

  function later() { clearTimeout(rest); rest = setTimeout(save, REST); }

  const before = kept.read(key);
  if (before && typeof before.text === "string" && before.text !== area.value && (before.base === area.value || !area.value)) {
    area.value = before.text;
    area.dispatchEvent(new Event("input", { bubbles: true }));
    say("Restored");
    later();
  } else if (before) {
    kept.drop(key);
  }

  area.addEventListener("input", () => {
    kept.write(key, { text: area.value, base: saved });
    if (state?.dataset.state !== "offline") say("Saving");
    later();
  });
  area.addEventListener("draft:sent", () => { done = true; clearTimeout(rest); kept.drop(key); });
  if (early) area.dispatchEvent(new Event("input", { bubbles: true }));
  addEventListener("online", () => save());
  addEventListener("pagehide", () => save({ leaving: true }));
}

document.querySelectorAll("[data-autosave]").forEach(attach);
