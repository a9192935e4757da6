/* Patch in what is new, leaving the draft, the cursor and the scroll position alone. A stream (live.js) says when to ask;
   without one this page asks by itself, when the server says that something is due and every two seconds.

   [data-updates="/runs/…/updates"] data-live="/runs/…/live" data-seq="12" data-thread="bag"
   [data-thread-posts="bag"]       new posts of a thread are put at its end
   [data-threads]                  new threads are put at its end
   [data-region="mood"]            replaced where the server's words differ
   [data-announce]                 polite live region: who said something
   [data-news]                     a link to the newest post, shown until it is followed; data-words
   [data-connection]               shown while the server can't be reached; [data-connection-words] data-words-offline, data-words-closed
   [data-play]                     gets the class `is-over` at the end; [data-unsent] is shown where words were still in [data-draft]
   [data-street]                   where it scrolls on its own, it follows the newest post while it stands at the end
   [data-look]                     hidden: the link for pages without scripts */

import { listen } from "./live.js";

const root = document.querySelector("[data-updates]");
const EVERY = 2000, AFTER_FAILURE = 5000;
const FRESH = 12000;
const street = document.querySelector("[data-street]");
const seen = new Map();
let seq = Number(root?.dataset.seq ?? 0), timer = 0, looking = false, again = false, over = false, answered = null, said = "", live = null;

const parsed = (html) => {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  return holder.content;
};

function region(name, html) {
  const place = document.querySelector(`[data-region="${name}"]`);
  if (!place || seen.get(name) === html) return;
  const first = !seen.has(name);
  if (first && place.innerHTML.trim() === parsedText(html)) { seen.set(name, html); return; }
  if (place.contains(document.activeElement) && !["mood", "facts"].includes(name)) return;
  const open = [...place.querySelectorAll("details[id][open]")].map((part) => part.id);
  const focused = place.contains(document.activeElement) ? document.activeElement.id : "";
  const ticked = new Set([...place.querySelectorAll("input:checked, option:checked")].map((part) => part.value));
  place.replaceChildren(parsed(html));
  open.forEach((id) => { const part = document.getElementById(id); if (part) part.open = true; });
  place.querySelectorAll("input[type=checkbox]").forEach((part) => { part.checked = ticked.has(part.value); });
  place.querySelectorAll("option").forEach((part) => { if (ticked.has(part.value)) part.selected = true; });
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  seen.set(name, html);
}

function parsedText(html) {
  const holder = document.createElement("div");
  holder.append(parsed(html));
  return holder.innerHTML.trim();
}

const scrollsAlone = () => street && street.scrollHeight > street.clientHeight + 1 && getComputedStyle(street).overflowY === "auto";
const atEnd = () => street && street.scrollHeight - street.scrollTop - street.clientHeight < 60;

function patch(told) {
  const follow = atEnd();
  for (const thread of told.threads ?? []) {
    if (!document.getElementById(`thread-${thread.id}`)) document.querySelector("[data-threads]")?.append(parsed(thread.html));
  }
  let newest = "";
  for (const post of told.posts ?? []) {
    const place = document.querySelector(`[data-thread-posts="${CSS.escape(post.thread)}"]`);
    if (place && !document.getElementById(`post-${post.id}`)) {
      place.append(parsed(post.html));
      setTimeout(() => document.getElementById(`post-${post.id}`)?.classList.remove("is-new"), FRESH);
      if (!post.ours) newest = `post-${post.id}`;
    }
  }
  for (const [name, html] of Object.entries(told.regions ?? {})) region(name, html);
  if (follow && scrollsAlone()) street.scrollTo({ top: street.scrollHeight, behavior: "smooth" });
  if (newest) news(newest, told.announce);
  announce(told);
  document.dispatchEvent(new CustomEvent("regions:patched"));
  document.dispatchEvent(new CustomEvent("clock:sync", { detail: told.clock }));
  if (told.ended) end();
}

/** Put away what can no longer be used; words that were not sent stay to be copied. */
function end() {
  over = true;
  document.querySelector("[data-play]")?.classList.add("is-over");
  document.querySelectorAll("[data-clock-menu], [data-jump]").forEach((part) => { part.hidden = true; });
  const area = document.querySelector("[data-draft]");
  const unsent = document.querySelector("[data-unsent]");
  if (!area) return;
  if (!area.value.trim()) area.form.hidden = true;
  else if (unsent) unsent.hidden = false;
  area.readOnly = true;
}

/** Say only what has just changed: a post, an answer, the end. */
function announce(told) {
  const words = told.answered.slice(0, answered === null ? 0 : Math.max(0, told.answered.length - answered));
  answered = told.answered.length;
  if (told.announce && told.announce !== said) words.push(told.announce);
  said = told.announce;
  if (words.length) document.querySelector("[data-announce]").textContent = words.join(" ");
}

function news(id, words) {
  const link = document.querySelector("[data-news]");
  const post = document.getElementById(id);
  if (!link || !post) return;
  const shown = post.getClientRects().length > 0;
  const thread = post.closest("[data-thread-posts]")?.dataset.threadPosts ?? "";
  link.href = shown ? `#${id}` : document.getElementById(`switch-${thread}`)?.href ?? `#${id}`;
  link.querySelector("[data-news-words]").textContent = words;
  const there = new IntersectionObserver(([entry]) => {
    link.hidden = entry.isIntersecting;
    if (entry.isIntersecting) there.disconnect();
  }, { threshold: 0.6 });
  there.observe(post);
}

/** Ask what is new: one question at a time, and once more where there was news while one was on its way. */
async function look() {
  clearTimeout(timer);
  again = looking;
  if (looking || over || document.hidden) return;
  looking = true;
  let wait = EVERY;
  try {
    const url = `${root.dataset.updates}?after=${seq}&thread=${encodeURIComponent(root.dataset.thread ?? "")}`;
    const answer = await fetch(url, { headers: { Accept: "application/json" }, cache: "no-store" });
    if ([401, 403, 404].includes(answer.status)) { over = true; live?.close(); connection(false, "Closed"); return; }
    if (!answer.ok) throw new Error(String(answer.status));
    const told = await answer.json();
    patch(told);
    seq = told.seq;
    wait = told.wait_ms ?? EVERY;
    connection(true);
  } catch {
    connection(false);
    wait = AFTER_FAILURE;
    live?.retry();
  }
  looking = false;
  if (over) live?.close();
  else if (again) look();
  else if (!live?.open) timer = setTimeout(look, wait);
}

function connection(there, why = "Offline") {
  const place = document.querySelector("[data-connection]");
  if (!place || place.hidden === there) return;
  const words = place.querySelector("[data-connection-words]");
  words.textContent = there ? "" : words.dataset[`words${why}`];
  place.hidden = there;
}

if (scrollsAlone()) {
  const posts = document.querySelector(`[data-thread-posts="${CSS.escape(document.querySelector("[data-clock]").dataset.thread ?? "")}"]`);
  const last = posts?.lastElementChild;
  if (last) street.scrollTop += Math.max(0, last.getBoundingClientRect().bottom - street.getBoundingClientRect().bottom + 16);
}

if (root) {
  document.querySelectorAll("[data-look]").forEach((part) => { part.hidden = true; });
  // Coming back, from another window too: somebody may have signed out there, or the run may have gone on.
  document.addEventListener("visibilitychange", look);
  addEventListener("focus", look);
  addEventListener("online", look);
  addEventListener("offline", look);
  timer = setTimeout(look, EVERY);
  live = listen({ url: root.dataset.live, known: () => seq, news: look, lost: look });
}
