/* Open one decision of a review at a time without loading the page again, with links or the arrow keys; print the page.

   section[data-decision="<number>"]           the decisions, in order; .is-open is the one that is shown
   a[data-point], a[data-open]                 links that open decision <number>
   [data-with-script]                          shown once the keys work
   button[data-print]                          prints the page, all decisions on it */

const decisions = [...document.querySelectorAll("[data-decision]")];
const links = [...document.querySelectorAll("[data-point], [data-open]")];
const numberOf = (link) => link.dataset.point ?? link.dataset.open;
let current = Math.max(0, decisions.findIndex((part) => part.classList.contains("is-open")));

function mark() {
  const open = decisions[current]?.dataset.decision;
  for (const link of links) {
    if (numberOf(link) === open) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

function open(index, { focus = true } = {}) {
  if (index < 0 || index >= decisions.length) return false;
  current = index;
  decisions.forEach((part, place) => part.classList.toggle("is-open", place === index));
  mark();
  const part = decisions[index];
  history.replaceState(null, "", `?decision=${part.dataset.decision}#${part.id}`);
  part.scrollIntoView({ block: "start" });
  if (focus) part.querySelector("[tabindex='-1']")?.focus({ preventScroll: true });
  return true;
}

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("[data-point], [data-open]") : null;
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  if (open(decisions.findIndex((part) => part.dataset.decision === numberOf(link)))) event.preventDefault();
});

document.addEventListener("keydown", (event) => {
  if (!decisions.length || event.altKey || event.ctrlKey || event.metaKey || document.querySelector("dialog[open]")) return;
  if (event.target instanceof HTMLElement && event.target.closest("input, textarea, select, [tabindex='0']")) return;
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (by && open(current + by)) event.preventDefault();
});

document.querySelectorAll("[data-print]").forEach((button) => button.addEventListener("click", () => window.print()));
document.querySelectorAll("[data-with-script], [data-print]").forEach((part) => { part.hidden = false; });
mark();
