/* Choose what to do with a post by key, count characters against the limit, put a contact's words into the draft.

   [data-actions] input[type=radio][data-key="1"]   digits outside a field, Alt + digit anywhere
     data-limit on a radio: most characters where that choice is public; data-silent: it sends no words
   [data-count="<textarea id>"]       data-words-limit="%d of %d", data-words-plain="%d characters", data-words-over
   [data-send-label]                  data-words-send, data-words-silent
   details[data-ask]                  key E opens it
   form[data-coach] without data-send Ctrl or Cmd + Enter asks for what its button asks for
   button[data-insert="<id>"]         puts the text of #id into [data-draft] at the cursor */

const typing = (target) => target instanceof HTMLElement && (target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName)
  || (target.tagName === "INPUT" && !/^(radio|checkbox|button|submit)$/.test(target.type)));
const fill = (pattern, ...values) => values.reduce((text, value) => text.replace("%d", String(value)), pattern ?? "");
const area = document.querySelector("[data-draft]");

function chosen() { return document.querySelector("[data-actions] input:checked"); }

function recount() {
  const place = area && document.querySelector(`[data-count="${area.id}"]`);
  const radio = chosen();
  const label = document.querySelector("[data-send-label]");
  if (label && radio) label.textContent = radio.hasAttribute("data-silent") ? label.dataset.wordsSilent : label.dataset.wordsSend;
  if (!place) return;
  const used = Array.from(area.value).length;
  const limit = Number(radio?.dataset.limit ?? place.dataset.limit ?? 0);
  const over = limit > 0 && used > limit;
  place.textContent = limit ? fill(over ? place.dataset.wordsOver : place.dataset.wordsLimit, used, limit) : fill(place.dataset.wordsPlain, used);
  place.classList.toggle("over", over);
}

function choose(digit) {
  const radio = document.querySelector(`[data-actions] input[data-key="${digit}"]`);
  if (!radio) return false;
  if (!radio.checked) {
    radio.checked = true;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
  }
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.isComposing || document.querySelector("dialog[open]")) return;
  const digit = /^(?:Digit|Numpad)([1-8])$/.exec(event.code)?.[1];
  if (digit && (event.altKey || !typing(event.target)) && choose(digit)) event.preventDefault();
  const ask = document.querySelector("details[data-ask]");
  if (ask && event.key.toLowerCase() === "e" && !event.altKey && !typing(event.target)) {
    event.preventDefault();
    ask.open = true;
    ask.querySelector("select, input:not([type=hidden]), textarea")?.focus();
  }
});

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("[data-insert]") : null;
  if (!button || !area) return;
  const words = document.getElementById(button.dataset.insert)?.textContent.trim() ?? "";
  const space = area.value && !/\s$/.test(area.value.slice(0, area.selectionEnd)) ? " " : "";
  area.setRangeText(space + words, area.selectionEnd, area.selectionEnd, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
  area.focus();
});

document.querySelector("form[data-coach]:not([data-send])")?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
  event.preventDefault();
  event.currentTarget.requestSubmit();
});

const unhide = () => document.querySelectorAll("[data-insert], [data-with-script]").forEach((part) => { part.hidden = false; });
document.addEventListener("regions:patched", unhide);
unhide();
document.querySelector("[data-actions]")?.addEventListener("change", recount);
area?.addEventListener("input", recount);
recount();
