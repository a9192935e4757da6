/* Step through a run without loading the page again: a slider, two links, the arrow keys, or any line of the list.

   [data-steps] [data-seq="12"]       a post or thread, there once event 12 has happened
   a[data-go="3"]                     step 3: data-seq-end, data-x, data-at, data-what, data-count, data-fork,
                                      data-mood-0="trust|60|steady", data-mood-1 …
   [data-step-slider], [data-step-by="-1"], [data-step-at], [data-step-what], [data-step-number], [data-cursor]
   [data-mood], [data-mood-word], [data-mood-value]   one of each for a mood
   [data-step-fork] input[name=at]    where "Play on from here" goes; hidden where it can't */

const page = document.querySelector("[data-steps]");
const steps = [...document.querySelectorAll("[data-go]")];
const slider = document.querySelector("[data-step-slider]");
const fork = document.querySelector("[data-step-fork]");
const of = (name, key) => document.querySelector(`[${name}="${CSS.escape(key)}"]`);
const put = (selector, words) => { document.querySelector(selector).textContent = words; };
let current = Number(page.dataset.step);

function moods(step) {
  for (let index = 0; step.hasAttribute(`data-mood-${index}`); index += 1) {
    const [key, value, word] = step.getAttribute(`data-mood-${index}`).split("|");
    of("data-mood", key).value = Number(value);
    of("data-mood-word", key).textContent = word;
    of("data-mood-value", key).textContent = value;
  }
}

function go(number) {
  const to = Math.min(Math.max(number, 1), steps.length);
  const step = steps[to - 1];
  const seq = Number(step.dataset.seqEnd);
  current = to;
  page.querySelectorAll("[data-seq]").forEach((part) => { part.hidden = Number(part.dataset.seq) > seq; });
  document.querySelectorAll("[data-cursor]").forEach((line) => { line.setAttribute("x1", step.dataset.x); line.setAttribute("x2", step.dataset.x); });
  put("[data-step-at]", step.dataset.at);
  put("[data-step-what]", step.dataset.what);
  put("[data-step-number]", step.dataset.count);
  moods(step);
  slider.value = String(to);
  for (const link of document.querySelectorAll("[data-step-by]")) {
    const next = to + Number(link.dataset.stepBy);
    link.toggleAttribute("aria-disabled", next < 1 || next > steps.length);
    if (link.hasAttribute("aria-disabled")) link.setAttribute("aria-disabled", "true");
    link.href = steps[Math.min(Math.max(next, 1), steps.length) - 1].href;
  }
  steps.forEach((each) => each.removeAttribute("aria-current"));
  step.setAttribute("aria-current", "step");
  if (fork) {
    fork.hidden = step.dataset.fork === "0";
    fork.querySelector("input[name=at]").value = step.dataset.fork;
  }
  const posts = [...page.querySelectorAll(".thread-posts > [data-seq]:not([hidden])")];
  posts.sort((one, other) => Number(one.dataset.seq) - Number(other.dataset.seq));
  posts.at(-1)?.scrollIntoView({ block: "nearest" });
  history.replaceState(null, "", step.href);
}

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("[data-go], [data-step-by]") : null;
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  go(link.dataset.go ? Number(link.dataset.go) : current + Number(link.dataset.stepBy));
});
slider.addEventListener("input", () => go(Number(slider.value)));
document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || document.querySelector("dialog[open]")) return;
  if (event.target instanceof HTMLElement && event.target.closest("input, textarea, select, [tabindex='0']")) return;
  const to = { ArrowRight: current + 1, ArrowLeft: current - 1, Home: 1, End: steps.length }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  go(to);
});
document.querySelectorAll("[data-step-keys]").forEach((part) => { part.hidden = false; });
document.querySelectorAll("[data-without-step]").forEach((part) => { part.hidden = true; });
