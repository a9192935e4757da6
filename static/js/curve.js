/* Step through the decisions of a review with the arrow keys, and mark the one that is looked at on the curve.

   [data-curve] a[data-point="decision-…"]     the marked points
   section[data-decision][id]                  the decisions, in order; each has a heading with tabindex="-1" */

const decisions = [...document.querySelectorAll("[data-decision]")];
let current = -1;

function mark(index) {
  current = index;
  document.querySelectorAll("[data-point]").forEach((point) => {
    if (point.dataset.point === decisions[index].id) point.setAttribute("aria-current", "true");
    else point.removeAttribute("aria-current");
  });
}

function go(index) {
  if (index < 0 || index >= decisions.length) return;
  mark(index);
  decisions[index].scrollIntoView({ block: "start" });
  decisions[index].querySelector("[tabindex='-1']")?.focus({ preventScroll: true });
}

document.addEventListener("keydown", (event) => {
  if (!decisions.length || event.altKey || event.ctrlKey || event.metaKey || document.querySelector("dialog[open]")) return;
  if (event.target instanceof HTMLElement && event.target.closest("input, textarea, select, [tabindex='0']")) return;
  if (event.key === "ArrowRight") { event.preventDefault(); go(current + 1); }
  if (event.key === "ArrowLeft") { event.preventDefault(); go(current - 1); }
});

const seen = new IntersectionObserver((entries) => {
  for (const entry of entries) if (entry.isIntersecting) mark(decisions.indexOf(entry.target));
}, { rootMargin: "-20% 0px -60% 0px" });
decisions.forEach((part) => seen.observe(part));
document.querySelectorAll("[data-with-script]").forEach((part) => { part.hidden = false; });
